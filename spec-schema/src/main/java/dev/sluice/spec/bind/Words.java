// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The words of specification files for the constants of an enum: {@code LAST_CHECKPOINT} is {@code lastCheckpoint}. */
public final class Words {
    private Words() {}

    /** Word to constant, in the order of the enum. */
    public static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
        Map<E, String> named = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            named.put(constant, of(constant));
        }
        Map<String, E> words = new LinkedHashMap<>();
        named.forEach((constant, word) -> words.put(word, constant));
        return Collections.unmodifiableMap(words);
    }

    /** The word of one constant; Flink's own spelling for the one mode that has a hyphen. */
    public static String of(Enum<?> constant) {
        if (constant.name().equals("PER_JOB")) {
            return "per-job";
        }
        String[] parts = constant.name().toLowerCase(Locale.ROOT).split("_");
        StringBuilder word = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            word.append(Character.toUpperCase(parts[i].charAt(0))).append(parts[i].substring(1));
        }
        return word.toString();
    }
}
