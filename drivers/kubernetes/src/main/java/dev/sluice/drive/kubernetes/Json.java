// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.drive.kubernetes.KubeFailure.Kind;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reading objects of Kubernetes, and putting pod templates together. */
final class Json {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Json() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ObjectNode read(String text) {
        return JSON.readTree(text).asObject();
    }

    /**
     * What is in a list of the API server.
     *
     * @throws KubeFailure LOST when this is none: then it was not said that nothing is there
     */
    static List<JsonNode> items(JsonNode list) throws KubeFailure {
        JsonNode items = list.path("items");
        boolean isList = list.path("kind").asString("").endsWith("List")
                && (items.isArray() || items.isNull());
        if (!isList) {
            throw new KubeFailure(Kind.LOST, "a list was asked for, and none was answered");
        }
        return items.valueStream().toList();
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asString("");
    }

    static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asString("");
    }

    static Optional<String> label(JsonNode object, String label) {
        JsonNode value = object.path("metadata").path("labels").path(label);
        return value.isString() ? Optional.of(value.asString()) : Optional.empty();
    }

    /** Whether an object has all of these labels with these values. */
    static boolean hasLabels(JsonNode object, SortedMap<String, String> labels) {
        return labels.entrySet().stream()
                .allMatch(wanted -> label(object, wanted.getKey())
                        .filter(wanted.getValue()::equals)
                        .isPresent());
    }

    /** Somebody asked for its deletion. */
    static boolean isEnding(JsonNode object) {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    /** What is below a dotted name: {@code dns.nameservers.0=a} is {@code {"nameservers": ["a"]}}. */
    static ObjectNode nested(SortedMap<String, String> flat, String name) {
        ObjectNode root = object();
        flat.forEach((dotted, value) -> {
            if (dotted.startsWith(name + ".")) {
                put(root, dotted.substring(name.length() + 1), value);
            }
        });
        return lists(root).asObject();
    }

    private static void put(ObjectNode parent, String dotted, String value) {
        int dot = dotted.indexOf('.');
        if (dot < 0) {
            parent.put(dotted, value);
        } else {
            put(
                    parent.withObjectProperty(dotted.substring(0, dot)),
                    dotted.substring(dot + 1),
                    value);
        }
    }

    /** Objects whose fields are numbers were lists. */
    private static JsonNode lists(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        boolean isList = !node.isEmpty()
                && node.propertyNames().stream().allMatch(field -> field.matches("[0-9]+"));
        if (isList) {
            ArrayNode list = JSON.createArrayNode();
            for (int at = 0; at < node.size(); at++) {
                list.add(lists(node.path(Integer.toString(at))));
            }
            return list;
        }
        ObjectNode object = object();
        node.properties().forEach(field -> object.set(field.getKey(), lists(field.getValue())));
        return object;
    }

    /**
     * Lays one object over another, as Kubernetes does with a patch: objects field by field, lists of
     * named things by their name, other lists one behind the other, anything else the upper one.
     */
    static JsonNode merge(JsonNode lower, JsonNode upper) {
        if (lower.isObject() && upper.isObject()) {
            ObjectNode merged = lower.asObject().deepCopy();
            upper.properties()
                    .forEach(field -> merged.set(
                            field.getKey(),
                            lower.has(field.getKey())
                                    ? merge(lower.get(field.getKey()), field.getValue())
                                    : field.getValue()));
            return merged;
        }
        return lower.isArray() && upper.isArray() ? mergeLists(lower, upper) : upper;
    }

    private static ArrayNode mergeLists(JsonNode lower, JsonNode upper) {
        TreeMap<String, Integer> places = new TreeMap<>();
        ArrayNode merged = JSON.createArrayNode();
        for (JsonNode entry : lower) {
            key(entry).ifPresent(key -> places.put(key, merged.size()));
            merged.add(entry);
        }
        for (JsonNode entry : upper) {
            Optional<Integer> place = key(entry).map(places::get);
            if (place.isPresent()) {
                merged.set(place.get(), merge(merged.get(place.get()), entry));
            } else if (merged.valueStream().noneMatch(entry::equals)) {
                merged.add(entry);
            }
        }
        return merged;
    }

    /** Volume mounts may share a name, but not a path. */
    private static Optional<String> key(JsonNode entry) {
        JsonNode path = entry.path("mountPath");
        JsonNode key = path.isString() ? path : entry.path("name");
        return key.isString() ? Optional.of(key.asString()) : Optional.empty();
    }
}
