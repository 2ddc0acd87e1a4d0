// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

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
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.util.List;
import java.util.Map;

/** Passes every call on; tests change what they are about. */
public class ForwardingDriver implements Driver {
    private final Driver real;

    protected ForwardingDriver(Driver real) {
        this.real = real;
    }

    @Override
    public Claim claim(OwnerMark mark) {
        return real.claim(mark);
    }

    @Override
    public Claim claim(OwnerMark mark, LiveJob job) {
        return real.claim(mark, job);
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        return real.observe(detailed);
    }

    @Override
    public Outcome stage(StageRequest request) {
        return real.stage(request);
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return real.stopWithSavepoint(request);
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return real.cancel(request);
    }

    @Override
    public Outcome rescale(RescaleRequest request) {
        return real.rescale(request);
    }

    @Override
    public Outcome applyLive(LiveChangeRequest request) {
        return real.applyLive(request);
    }

    @Override
    public Outcome endCluster(EndClusterRequest request) {
        return real.endCluster(request);
    }

    @Override
    public Outcome start(StartRequest request) {
        return real.start(request);
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        return real.proveAbsent(request);
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        return real.discoverState(request);
    }

    @Override
    public void close() {
        real.close();
    }
}
