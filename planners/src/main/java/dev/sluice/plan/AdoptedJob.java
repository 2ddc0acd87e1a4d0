// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.LiveJob;
import java.util.Optional;

/**
 * How a running job that was adopted compares with its spec. Flink tells few of a spec's fields, and
 * what it does not tell is not known to be equal.
 */
public final class AdoptedJob {
    private static final String UNSEEN = "program, dependencies and configuration cannot be seen,"
            + " so whether they are as in git is not known; the next change of the job starts it"
            + " as git says, from its state";

    private AdoptedJob() {}

    /** What differs and what is not known, while the adopted attempt is the newest one. */
    public static Optional<String> doubt(JobRecord record, Optional<LiveJob> seen) {
        if (!record.isAdopted() || record.deployed().isEmpty()) {
            return Optional.empty();
        }
        String difference = difference(record, seen).map(text -> text + "; ").orElse("");
        return Optional.of("the job was adopted: " + difference + UNSEEN);
    }

    /** What is seen to differ from the spec. */
    public static Optional<String> difference(JobRecord record, Optional<LiveJob> seen) {
        return record.deployed()
                .filter(job -> record.isAdopted())
                .flatMap(job -> seen.flatMap(live -> difference(job.spec(), live)));
    }

    /** What would differ if the job were adopted with this spec. */
    public static Optional<String> difference(JobSpec spec, LiveJob seen) {
        int wanted = spec.resources().parallelism();
        return seen.parallelism() > 0 && seen.parallelism() != wanted
                ? Optional.of(
                        "runs with parallelism " + seen.parallelism() + ", the spec says " + wanted)
                : Optional.empty();
    }
}
