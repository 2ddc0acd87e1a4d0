// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.SpecError;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the reader remembers of a commit, so that the next one costs only what changed. Opaque. */
public final class Memory {
    /** Nothing remembered: the next read is a full one. */
    public static final Memory NONE =
            new Memory(Optional.empty(), new TreeMap<>(), new TreeMap<>(), Optional.empty());

    /**
     * What was found about all files together.
     *
     * @param names about the names of files
     * @param together about jobs that do not fit together, by job file
     * @param unused about variables that nobody uses
     */
    record Whole(
            List<SpecError> names,
            SortedMap<String, List<SpecError>> together,
            List<SpecError> unused) {
        Whole {
            names = List.copyOf(names);
            together = Collections.unmodifiableSortedMap(together);
            unused = List.copyOf(unused);
        }
    }

    private final Optional<Shared> shared;
    private final SortedMap<String, Tree.Entry> entries;
    private final SortedMap<String, JobReading> readings;
    private final Optional<Whole> whole;

    private Memory(
            Optional<Shared> shared,
            SortedMap<String, Tree.Entry> entries,
            SortedMap<String, JobReading> readings,
            Optional<Whole> whole) {
        this.shared = shared;
        this.entries = entries;
        this.readings = Collections.unmodifiableSortedMap(readings);
        this.whole = whole;
    }

    static Memory of(
            Shared shared, Tree tree, SortedMap<String, JobReading> readings, Whole whole) {
        return new Memory(Optional.of(shared), tree.entries(), readings, Optional.of(whole));
    }

    Optional<Shared> shared() {
        return shared;
    }

    /** The files of the tree that was read. */
    SortedMap<String, Tree.Entry> entries() {
        return entries;
    }

    Optional<JobReading> reading(String file) {
        return Optional.ofNullable(readings.get(file));
    }

    SortedMap<String, JobReading> readings() {
        return readings;
    }

    Optional<Whole> whole() {
        return whole;
    }
}
