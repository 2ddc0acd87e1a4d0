// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One command of a scenario: a verb, bare words, and settings; an underscore in a text
 * stands for a space. */
record Words(String verb, List<String> bare, SortedMap<String, String> settings) {
    static Words of(String line) {
        List<String> parts = Stream.of(line.trim().split("\\s+")).toList();
        SortedMap<String, String> settings = new TreeMap<>();
        parts.stream().skip(1).filter(part -> part.contains("=")).forEach(part -> {
            String[] pair = part.split("=", 2);
            settings.put(pair[0], isText(pair[0]) ? pair[1].replace('_', ' ') : pair[1]);
        });
        List<String> bare =
                parts.stream().skip(1).filter(part -> !part.contains("=")).toList();
        return new Words(parts.get(0), bare, settings);
    }

    private static boolean isText(String name) {
        return List.of("cause", "discardable", "sql").contains(name);
    }

    String first() {
        return bare.isEmpty() ? "" : bare.get(0);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** A duration such as {@code 30s} or {@code 5m}. */
    Duration duration(String otherwise) {
        return Duration.parse(
                first().isEmpty() ? otherwise : "PT" + first().toUpperCase(Locale.ROOT));
    }
}
