// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.util.List;
import java.util.Map;

/**
 * One cluster. Every method is idempotent, bounded in time and may be called again after a crash
 * with the same request; none throws for what the world does, it answers with an {@link Outcome}.
 *
 * <p>Methods may be called from several threads; two calls for one job never overlap.
 */
public interface Driver extends AutoCloseable {
    /**
     * Marks the jobs of an environment on this cluster as the asker's, if they are nobody's yet. The
     * first mark stays until a person removes it; two askers at once get different answers.
     *
     * <p>Every driver decides this itself: a claim that is granted by oversight lets two controllers
     * act on the same jobs.
     */
    Claim claim(OwnerMark mark);

    /**
     * Marks a running job that somebody else started as the asker's, before it is adopted. Also says
     * so when the job is an attempt of another owner of jobs on this cluster. Unclear where the driver
     * has no way to mark one, so that it is not adopted.
     */
    default Claim claim(OwnerMark mark, LiveJob job) {
        return new Claim.Unclear(
                "jobs that somebody else started cannot be marked on this cluster");
    }

    /**
     * Lists all jobs of the cluster in a number of requests that does not grow with the jobs.
     *
     * @param detailed jobs whose checkpoints, vertices and exceptions are wanted too, each with its
     *     attempt, which goes into the pointers found; it costs a few requests per entry
     */
    ClusterObservation observe(Map<JobId, Integer> detailed);

    /**
     * Brings what the job needs to the cluster and verifies digests, before anything is stopped. Where
     * the driver can, it also compiles the job's graph without running it and compares it with the
     * state; Failed and not retryable means that the job would not start, and why.
     */
    Outcome stage(StageRequest request);

    /**
     * Stops with a savepoint (never drains). Done only when the job is terminal and the evidence
     * carries the pointer. Failed means that the savepoint failed and the job still runs, or that the
     * job ended without one; the evidence says which under {@code state}.
     */
    Outcome stopWithSavepoint(StopRequest request);

    /** Cancels without a savepoint. Done when the job is terminal. */
    Outcome cancel(CancelRequest request);

    /**
     * Changes the parallelism of a running job in place. Done when the cluster has accepted it; how far
     * it came is seen by observing. A refusal for good means that this cluster cannot, and that nothing
     * has changed.
     */
    default Outcome rescale(RescaleRequest request) {
        return new Outcome.Failed(
                false, "this cluster cannot rescale a running job", Evidence.NONE);
    }

    /**
     * Lets the running attempt take up a change that needs no restart. A refusal for good means that it
     * takes it up with its next start.
     */
    default Outcome applyLive(LiveChangeRequest request) {
        return new Outcome.Failed(
                false, "this cluster takes such a change up with the next start", Evidence.NONE);
    }

    /**
     * Ends the Flink cluster that was started for this attempt alone, whatever its job does. Done when
     * it was asked for and taken; that nothing runs any more is a matter of {@link #proveAbsent}. A
     * cluster that other jobs may use is never ended: that is a refusal for good.
     */
    default Outcome endCluster(EndClusterRequest request) {
        return new Outcome.Failed(
                false, "this cluster is shared, it is not ended for one job", Evidence.NONE);
    }

    /**
     * Starts the job under the chosen id from the chosen state, or finds that an earlier call did.
     * Done when the cluster has accepted the job; whether it runs well is seen by observing. Failed with
     * the fact {@code burnt}, {@code ran} or {@code spent} when no start can use this id again; after any
     * other failure the next start of the same specification comes with it again.
     */
    Outcome start(StartRequest request);

    /** Whether any of these attempts still runs; ABSENT only with proof for each. */
    Proof proveAbsent(ProofRequest request);

    /**
     * Savepoints and retained checkpoints found on storage for the given attempts, newest first.
     *
     * @throws java.io.UncheckedIOException when storage cannot be read, which is not "no state"
     */
    List<StatePointer> discoverState(DiscoverRequest request);

    /** Releases connections. The cluster and its jobs go on. */
    @Override
    void close();
}
