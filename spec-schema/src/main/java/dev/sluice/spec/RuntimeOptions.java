// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Options of one runtime, kept flat as dotted names: only the driver of that runtime reads them. */
public record RuntimeOptions(SortedMap<String, String> kubernetes, SortedMap<String, String> yarn) {
    public static final RuntimeOptions NONE = new RuntimeOptions(new TreeMap<>(), new TreeMap<>());

    /** The list of files that YARN brings to each container. */
    public static final String SHIP_FILES = "shipFiles";

    public RuntimeOptions {
        requireNonNull(kubernetes, "kubernetes is null");
        requireNonNull(yarn, "yarn is null");
        kubernetes = Collections.unmodifiableSortedMap(new TreeMap<>(kubernetes));
        yarn = Collections.unmodifiableSortedMap(new TreeMap<>(yarn));
    }

    /** The YARN queue, when the job names one. */
    public Optional<String> queue() {
        return Optional.ofNullable(yarn.get("queue"));
    }

    /** Whether YARN brings files of the job to its containers. */
    public boolean shipsFiles() {
        return yarn.containsKey(SHIP_FILES + ".0");
    }
}
