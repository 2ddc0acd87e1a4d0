// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Reason;
import dev.sluice.spec.CommitId;
import java.time.Instant;
import java.util.List;

/**
 * A job's present row: its record, and what the last decision said about it.
 *
 * @param commit the commit that the last decision was made for
 */
public record StoredJob(
        JobRecord record, Reason reason, List<Hold> holds, CommitId commit, Instant updatedAt) {
    public StoredJob {
        requireNonNull(record, "record is null");
        requireNonNull(reason, "reason is null");
        holds = List.copyOf(holds);
        requireNonNull(commit, "commit is null");
        requireNonNull(updatedAt, "updatedAt is null");
    }
}
