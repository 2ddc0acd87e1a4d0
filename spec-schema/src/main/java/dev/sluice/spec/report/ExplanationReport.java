// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import dev.sluice.spec.layer.Origin;
import dev.sluice.spec.read.Explanation;
import dev.sluice.spec.yaml.JsonWriter;
import dev.sluice.spec.yaml.Pointers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code sluice render --explain}: every leaf, its value, where it comes from and what it overrode. */
public final class ExplanationReport {
    private static final String BUILT_IN = "built-in default";
    private static final int LONGEST = 160;

    private ExplanationReport() {}

    /** For people: a line for the value, a line for each place. */
    public static String text(Explanation explanation) {
        StringBuilder text = new StringBuilder();
        for (Explanation.Leaf leaf : explanation.leaves()) {
            text.append(String.join(".", Pointers.names(leaf.pointer())))
                    .append(" = ")
                    .append(brief(leaf.value()))
                    .append('\n')
                    .append(places(leaf));
        }
        return text.toString();
    }

    private static String places(Explanation.Leaf leaf) {
        if (leaf.origin().isEmpty()) {
            return "    " + (leaf.builtIn().isPresent() ? BUILT_IN : unsaid(leaf)) + "\n";
        }
        Origin origin = leaf.origin().get();
        StringBuilder places = new StringBuilder("    from " + place(origin) + "\n");
        origin.chain()
                .skip(1)
                .forEach(weaker -> places.append("    overrode "
                        + JsonWriter.write(weaker.written()) + " of " + place(weaker) + "\n"));
        leaf.builtIn()
                .ifPresent(value -> places.append(
                        "    overrode " + JsonWriter.write(value) + ", " + BUILT_IN + "\n"));
        return places.toString();
    }

    private static String place(Origin origin) {
        return origin.at() + " (" + origin.level().words() + ")";
    }

    /** A leaf that no layer said and that has no default of its own. */
    private static String unsaid(Explanation.Leaf leaf) {
        return switch (leaf.pointer()) {
            case "/flink/mode" -> BUILT_IN + " of the cluster";
            case "/schedule/timeZone" -> BUILT_IN;
            default -> "identity of the job";
        };
    }

    private static String brief(Object value) {
        String text = JsonWriter.write(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** For programs: a map for each leaf. */
    public static List<Map<String, Object>> fields(Explanation explanation) {
        return explanation.leaves().stream().map(ExplanationReport::field).toList();
    }

    private static Map<String, Object> field(Explanation.Leaf leaf) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("pointer", leaf.pointer());
        field.put("value", leaf.value());
        List<Map<String, Object>> overrode = new ArrayList<>();
        leaf.origin().ifPresent(origin -> {
            field.putAll(map(origin));
            origin.chain().skip(1).forEach(weaker -> overrode.add(written(weaker)));
        });
        if (leaf.origin().isEmpty()) {
            field.put("layer", unsaidLayer(leaf));
        } else {
            leaf.builtIn().ifPresent(value -> overrode.add(builtIn(value)));
        }
        field.put("overrode", overrode);
        return field;
    }

    private static String unsaidLayer(Explanation.Leaf leaf) {
        return Optional.of(leaf)
                .filter(known -> known.builtIn().isPresent())
                .map(known -> BUILT_IN)
                .orElseGet(() -> unsaid(leaf));
    }

    private static Map<String, Object> builtIn(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("value", value);
        map.put("layer", BUILT_IN);
        return map;
    }

    private static Map<String, Object> written(Origin origin) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("value", origin.written());
        map.putAll(map(origin));
        return map;
    }

    private static Map<String, Object> map(Origin origin) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("layer", origin.level().words());
        map.put("file", origin.at().file());
        map.put("line", origin.at().line());
        map.put("column", origin.at().column());
        return map;
    }
}
