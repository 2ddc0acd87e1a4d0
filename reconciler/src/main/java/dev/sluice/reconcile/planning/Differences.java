// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where two JSON texts differ, for people. Texts are equal byte for byte or they differ. */
final class Differences {
    private static final int MOST = 20;
    private static final int LONGEST = 120;

    private final List<String> found = new ArrayList<>();

    private Differences() {}

    /** A line for each value that differs, at most {@value #MOST}; empty for equal texts. */
    static List<String> between(String saved, String again) {
        if (saved.equals(again)) {
            return List.of();
        }
        Differences differences = new Differences();
        try {
            JsonMapper mapper = new JsonMapper();
            differences.compare(
                    "", Optional.of(mapper.readTree(saved)), Optional.of(mapper.readTree(again)));
        } catch (JacksonException e) {
            return List.of("the saved plan is not JSON: " + e.getOriginalMessage());
        }
        return differences.found.isEmpty()
                ? List.of("the plans say the same in different bytes")
                : differences.found.stream().limit(MOST).toList();
    }

    private void compare(String path, Optional<JsonNode> saved, Optional<JsonNode> again) {
        if (saved.equals(again)) {
            return;
        }
        if (areBoth(saved, again, JsonNode::isObject)) {
            TreeSet<String> names = new TreeSet<>(saved.get().propertyNames());
            names.addAll(again.get().propertyNames());
            names.forEach(name -> compare(
                    path + "/" + name, saved.get().optional(name), again.get().optional(name)));
        } else if (areBoth(saved, again, JsonNode::isArray)) {
            int size = Math.max(saved.get().size(), again.get().size());
            for (int i = 0; i < size; i++) {
                compare(
                        path + "/" + name(i, saved.get(), again.get()),
                        saved.get().optional(i),
                        again.get().optional(i));
            }
        } else {
            found.add(path + ": saved " + shown(saved) + ", made again " + shown(again));
        }
    }

    private static boolean areBoth(
            Optional<JsonNode> one, Optional<JsonNode> other, Predicate<JsonNode> kind) {
        return one.filter(kind).isPresent() && other.filter(kind).isPresent();
    }

    /** A job is called by its name where both have it in the same place. */
    private static String name(int index, JsonNode saved, JsonNode again) {
        Optional<String> name =
                saved.optional(index).flatMap(job -> job.optional("job")).map(JsonNode::asString);
        Optional<String> other =
                again.optional(index).flatMap(job -> job.optional("job")).map(JsonNode::asString);
        return name.filter(found -> other.filter(found::equals).isPresent())
                .orElse(String.valueOf(index));
    }

    private static String shown(Optional<JsonNode> value) {
        String text = value.map(JsonNode::toString).orElse("nothing");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
