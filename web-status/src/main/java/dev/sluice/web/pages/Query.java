// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The part of an address behind the question mark; parameters without a value are left out. */
public record Query(SortedMap<String, String> parameters) {
    /** Longer values than any name of ours are cut. */
    private static final int LONGEST = 200;

    public static final Query NONE = new Query(new TreeMap<>());

    public Query {
        TreeMap<String, String> kept = new TreeMap<>();
        parameters.forEach((name, value) -> {
            String stripped = value.strip();
            if (!stripped.isEmpty()) {
                kept.put(name, stripped.substring(0, Math.min(LONGEST, stripped.length())));
            }
        });
        parameters = Collections.unmodifiableSortedMap(kept);
    }

    /** The value, or nothing at all: the empty string. */
    public String value(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The same with one parameter set, or removed by an empty value. */
    public Query with(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(parameters);
        more.put(name, value);
        return new Query(more);
    }

    /** {@code path?a=b&c=d}, encoded; only the path when there is no parameter. */
    public String at(String path) {
        return parameters.isEmpty() ? path : path + "?" + encoded();
    }

    private String encoded() {
        return parameters.entrySet().stream().map(Query::pair).collect(Collectors.joining("&"));
    }

    private static String pair(Map.Entry<String, String> parameter) {
        return URLEncoder.encode(parameter.getKey(), StandardCharsets.UTF_8)
                + "="
                + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8);
    }
}
