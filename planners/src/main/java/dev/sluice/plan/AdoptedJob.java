// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

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
        int wanted = record.deployed()
                .filter(spec -> record.isAdopted())
                .map(job -> job.spec().resources().parallelism())
                .orElse(0);
        return seen.map(LiveJob::parallelism)
                .filter(number -> number > 0 && wanted > 0 && number != wanted)
                .map(number -> "runs with parallelism " + number + ", the spec says " + wanted);
    }
}
