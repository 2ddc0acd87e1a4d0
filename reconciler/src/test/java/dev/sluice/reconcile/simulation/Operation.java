// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.Optional;

/** A stop with a savepoint, as the JobManager's cache of operations remembers it. */
final class Operation {
    /** How it will end. */
    enum Fate {
        WELL,
        SAVEPOINT_FAILS,
        RUNS_ON,
        FAILS
    }

    final JobId job;
    final String directory;
    final Fate fate;
    Instant doneAt;
    boolean isDone;
    boolean isFailed;
    Optional<StatePointer> savepoint = Optional.empty();

    Operation(JobId job, String directory, Fate fate, Instant doneAt) {
        this.job = job;
        this.directory = directory;
        this.fate = fate;
        this.doneAt = doneAt;
    }

    void failed(Instant now) {
        isDone = true;
        isFailed = true;
        doneAt = now;
    }
}
