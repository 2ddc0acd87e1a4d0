// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.Claim;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stands for a cluster that a person has declared gone with an allowance. That word is the proof that
 * nothing runs there; the state that its jobs left is looked for where it always was.
 */
final class GoneDriver implements Driver {
    private final String cluster;
    private final Driver before;
    private final String why;

    GoneDriver(String cluster, Driver before) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.before = requireNonNull(before, "before is null");
        this.why = "cluster " + cluster + " is gone, says an allowance clusterGone";
    }

    /** A mark that can still be read counts; one that went with the cluster hinders nobody. */
    @Override
    public Claim claim(OwnerMark mark) {
        Claim claim = before.claim(mark);
        return claim instanceof Claim.Unclear ? new Claim.Held() : claim;
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        return new ClusterObservation(cluster, Instant.EPOCH, List.of(), Optional.empty());
    }

    @Override
    public Outcome stage(StageRequest request) {
        return refused();
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return new Outcome.Failed(false, why, Evidence.of("state", "GONE"));
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return new Outcome.Failed(false, why, Evidence.of("state", "GONE"));
    }

    @Override
    public Outcome start(StartRequest request) {
        return refused();
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        return new Proof(Proof.Verdict.ABSENT, List.of(why));
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        return before.discoverState(request);
    }

    @Override
    public void close() {
        before.close();
    }

    private Outcome refused() {
        return new Outcome.Failed(false, why, Evidence.NONE);
    }
}
