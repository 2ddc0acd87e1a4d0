// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.layer;

import dev.sluice.spec.yaml.Node;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All layers in one.
 *
 * @param origins JSON pointer of every leaf (a value or a whole list) to its origin
 */
public record Merged(Node.Mapping fields, SortedMap<String, Origin> origins) {
    public Merged {
        origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    }
}
