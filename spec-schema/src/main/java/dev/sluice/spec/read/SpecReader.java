// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.CommitId;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns the files of a commit into the desired jobs of one environment, or into errors. Pure. */
public final class SpecReader {
    /**
     * Reads a commit.
     *
     * @param environment the environment's name; its folder is {@code environments/<name>/}
     * @param previous a reading of an earlier commit of the same environment: the result equals that of
     *     a full read, only the affected jobs are read again
     */
    public CommitReading read(Tree tree, String environment, Optional<CommitReading> previous) {
        return nothing(tree.commit());
    }

    private static CommitReading nothing(CommitId commit) {
        return new CommitReading(
                commit,
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeSet<>(),
                List.of(),
                new Usage(new TreeMap<>(), new TreeMap<>()),
                Memory.NONE);
    }
}
