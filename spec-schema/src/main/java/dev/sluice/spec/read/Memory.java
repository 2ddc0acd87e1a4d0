// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the reader remembers of a commit, so that the next one costs only what changed. Opaque. */
public final class Memory {
    /** Nothing remembered: the next read is a full one. */
    public static final Memory NONE = new Memory(Optional.empty(), new TreeMap<>());

    private final Optional<Shared> shared;
    private final SortedMap<String, JobReading> readings;

    private Memory(Optional<Shared> shared, SortedMap<String, JobReading> readings) {
        this.shared = shared;
        this.readings = Collections.unmodifiableSortedMap(readings);
    }

    static Memory of(Shared shared, SortedMap<String, JobReading> readings) {
        return new Memory(Optional.of(shared), readings);
    }

    Optional<Shared> shared() {
        return shared;
    }

    Optional<JobReading> reading(String file) {
        return Optional.ofNullable(readings.get(file));
    }

    SortedMap<String, JobReading> readings() {
        return readings;
    }
}
