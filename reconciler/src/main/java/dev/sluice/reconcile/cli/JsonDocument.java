// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Rows of a command as one JSON document. */
final class JsonDocument {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FORMAT = 1;

    private JsonDocument() {}

    /** {@code {"formatVersion": 1, "<name>": [...]}}, keys in the order given. */
    static String of(String name, List<Map<String, Object>> rows) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("formatVersion", FORMAT);
        document.put(name, rows);
        return JSON.writeValueAsString(document);
    }
}
