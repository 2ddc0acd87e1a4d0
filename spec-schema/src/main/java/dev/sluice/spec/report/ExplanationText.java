// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import dev.sluice.spec.bind.JobWriter;
import dev.sluice.spec.layer.Origin;
import dev.sluice.spec.read.Explanation;
import dev.sluice.spec.yaml.JsonWriter;
import dev.sluice.spec.yaml.Pointers;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code sluice render --explain}: every leaf, its value, where it comes from and what it overrode. */
public final class ExplanationText {
    private ExplanationText() {}

    public static String write(Explanation explanation) {
        SortedMap<String, String> leaves = new TreeMap<>();
        leaves("", JobWriter.write(explanation.spec()), leaves);
        StringBuilder text = new StringBuilder();
        leaves.forEach((pointer, value) -> {
            text.append(String.join(".", Pointers.names(pointer)))
                    .append(" = ")
                    .append(value)
                    .append('\n');
            origin(explanation, pointer)
                    .ifPresentOrElse(
                            origin -> text.append(source("from", origin)),
                            () -> text.append("    identity of the job, or built in\n"));
        });
        return text.toString();
    }

    private static String source(String word, Origin origin) {
        String line = "    " + word + " " + origin.at() + " (" + origin.level().words() + ")\n";
        return line
                + origin.overrode()
                        .map(weaker -> source(
                                "overrode " + JsonWriter.write(weaker.written()) + " of", weaker))
                        .orElse("");
    }

    /** The origin of a leaf, or of the list or map value it is part of. */
    private static Optional<Origin> origin(Explanation explanation, String pointer) {
        String nearest = pointer;
        while (!nearest.isEmpty()) {
            Origin origin = explanation.origins().get(nearest);
            if (origin != null) {
                return Optional.of(origin);
            }
            nearest = Pointers.parent(nearest);
        }
        return Optional.empty();
    }

    private static void leaves(String pointer, Object value, SortedMap<String, String> leaves) {
        if (value instanceof Map<?, ?> map) {
            map.forEach(
                    (key, child) -> leaves(Pointers.child(pointer, key.toString()), child, leaves));
            return;
        }
        leaves.put(pointer, JsonWriter.write(value));
    }
}
