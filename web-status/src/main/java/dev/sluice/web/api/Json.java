// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.api;

import dev.sluice.spec.SpecError;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pieces that several documents share. */
final class Json {
    /** Grows by one when a field changes its meaning or goes away; new fields do not count. */
    static final int FORMAT_VERSION = 1;

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A document's root. */
    static ObjectNode document() {
        return object().put("formatVersion", FORMAT_VERSION);
    }

    static <T> ArrayNode array(List<T> values, Function<T, ObjectNode> each) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(each.apply(value)));
        return array;
    }

    /** Sets the field when there is a value, and leaves it out otherwise. */
    static void put(ObjectNode node, String field, Optional<?> value) {
        value.ifPresent(present -> node.put(field, present.toString()));
    }

    /** RFC 3339 in UTC. */
    static String time(Instant at) {
        return at.toString();
    }

    static ObjectNode pointer(StatePointer pointer) {
        ObjectNode node = object().put("kind", word(pointer.kind()))
                .put("path", pointer.path())
                .put("jobId", pointer.job().hex())
                .put("attempt", pointer.attempt());
        if (pointer.checkpointId() >= 0) {
            node.put("checkpointId", pointer.checkpointId());
        }
        return node.put("completedAt", time(pointer.completedAt()))
                .put("flinkVersion", pointer.flinkVersion());
    }

    static ObjectNode finding(SpecError finding) {
        ObjectNode node = object().put("severity", word(finding.severity()))
                .put("rule", finding.rule())
                .put("file", finding.location().file())
                .put("line", finding.location().line())
                .put("column", finding.location().column());
        put(node, "job", finding.job());
        return node.put("pointer", finding.pointer())
                .put("message", finding.message())
                .put("nextStep", finding.nextStep());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
