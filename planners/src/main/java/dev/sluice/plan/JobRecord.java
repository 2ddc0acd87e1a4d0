// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All that the planner remembers of one job: the journal's current row.
 *
 * @param attempt newest attempt ever made or intended; 0 before the first
 * @param deployed spec of that attempt
 * @param startedFrom what that attempt was started from
 * @param lastStable newest spec that became stable
 * @param lineage pointers of the live lineage, newest first; the full ledger is in the journal
 * @param lastSeenRunning when the attempt was last observed running
 * @param failures when recent attempts failed, newest first; the crash-loop budget counts them
 * @param savepointTries failed tries of the present stop
 */
public record JobRecord(
        JobKey key,
        int attempt,
        Phase phase,
        Optional<EffectiveJob> deployed,
        Optional<RestoreFrom> startedFrom,
        Optional<EffectiveJob> lastStable,
        List<StatePointer> lineage,
        Optional<Instant> lastSeenRunning,
        List<Instant> failures,
        int savepointTries) {
    public JobRecord {
        requireNonNull(key, "key is null");
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt must not be negative: " + attempt);
        }
        requireNonNull(phase, "phase is null");
        requireNonNull(deployed, "deployed is null");
        requireNonNull(startedFrom, "startedFrom is null");
        requireNonNull(lastStable, "lastStable is null");
        lineage = List.copyOf(lineage);
        requireNonNull(lastSeenRunning, "lastSeenRunning is null");
        failures = List.copyOf(failures);
    }

    /** A job never seen before. */
    public static JobRecord fresh(JobKey key) {
        return new JobRecord(
                key,
                0,
                new Phase.Absent(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                0);
    }

    /** Ids of every attempt ever made, newest first. */
    public List<JobId> attempts() {
        List<JobId> ids = new ArrayList<>();
        IntStream.iterate(attempt, number -> number >= 1, number -> number - 1)
                .forEach(number -> ids.add(JobId.of(key, number)));
        return List.copyOf(ids);
    }

    public JobRecord in(Phase next) {
        return new JobRecord(
                key,
                attempt,
                next,
                deployed,
                startedFrom,
                lastStable,
                lineage,
                lastSeenRunning,
                failures,
                savepointTries);
    }
}
