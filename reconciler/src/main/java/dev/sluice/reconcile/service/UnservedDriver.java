// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.Claim;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.EndClusterRequest;
import dev.sluice.drive.LiveChangeRequest;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stands for a cluster that cannot be served as it is declared: everything about it is unknown. */
final class UnservedDriver implements Driver {
    private final String cluster;
    private final String why;
    private final Clock clock;

    /** @param why for people: what is missing */
    UnservedDriver(String cluster, String why, Clock clock) {
        this.cluster = cluster;
        this.why = why;
        this.clock = clock;
    }

    @Override
    public Claim claim(OwnerMark mark) {
        return new Claim.Unclear(why);
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        return new ClusterObservation(cluster, clock.instant(), List.of(), Optional.of(why));
    }

    @Override
    public Outcome stage(StageRequest request) {
        return new Outcome.Unknown(why);
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return new Outcome.Unknown(why);
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return new Outcome.Unknown(why);
    }

    @Override
    public Outcome rescale(RescaleRequest request) {
        return new Outcome.Unknown(why);
    }

    @Override
    public Outcome applyLive(LiveChangeRequest request) {
        return new Outcome.Unknown(why);
    }

    @Override
    public Outcome endCluster(EndClusterRequest request) {
        return new Outcome.Unknown(why);
    }

    @Override
    public Outcome start(StartRequest request) {
        return new Outcome.Unknown(why);
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        return new Proof(Proof.Verdict.UNKNOWN, List.of(why));
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        throw new IllegalStateException(why);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
