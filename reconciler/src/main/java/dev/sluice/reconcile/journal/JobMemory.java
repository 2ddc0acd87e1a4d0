// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.Decision;
import dev.sluice.plan.JobRecord;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.List;

/**
 * What the loop asks of the journal about jobs: their records, and the steps made for them. Every
 * write is durable when it returns; an effect may follow only a returned {@link #intend}.
 */
public interface JobMemory {
    /**
     * The job's record, to decide from; a fresh one for a job never seen. Whoever becomes leader
     * reads the records anew: a write that follows from an older one is refused as STALE.
     */
    JobRecord record(JobKey key);

    /** The record of every job ever seen, by name, to decide from. */
    List<JobRecord> records();

    /** The present row of every job ever seen, by name, to be shown. */
    List<StoredJob> jobs();

    /**
     * Stores the decision's record and the intent of its step: after this, and only after this, the
     * step may be made. The same step again, still open, is the same intent.
     *
     * @return the intent, for {@link #complete}
     */
    long intend(FencingToken token, Decision decision, CommitId commit, Instant at);

    /**
     * Stores what came of a step, the pointer it proved, and the record after it. When the journal
     * cannot be written, a final outcome is kept in a file and stored at the next open.
     *
     * @throws JournalException LEASE_LOST when another controller took over meanwhile; the outcome
     *     and its pointer are stored even then, the record is not
     */
    void complete(long intent, JobRecord next, Outcome outcome, Instant at);

    /** Stores decisions that have no step, all in one transaction. */
    void store(FencingToken token, List<Decision> decisions, CommitId commit, Instant at);
}
