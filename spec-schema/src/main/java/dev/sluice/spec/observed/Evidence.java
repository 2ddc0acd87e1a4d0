// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What supports an outcome: the pointer a stop produced, and facts for people and history.
 *
 * @param pointer savepoint or checkpoint that came out of the step
 * @param facts short names to short texts, such as {@code restored} or {@code state}; never a secret
 */
public record Evidence(Optional<StatePointer> pointer, SortedMap<String, String> facts) {
    public static final Evidence NONE = new Evidence(Optional.empty(), new TreeMap<>());

    public Evidence {
        requireNonNull(pointer, "pointer is null");
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public static Evidence of(String fact, String text) {
        return NONE.with(fact, text);
    }

    public static Evidence of(StatePointer pointer) {
        return new Evidence(Optional.of(pointer), new TreeMap<>());
    }

    public Evidence with(String fact, String text) {
        TreeMap<String, String> more = new TreeMap<>(facts);
        more.put(fact, text);
        return new Evidence(pointer, more);
    }
}
