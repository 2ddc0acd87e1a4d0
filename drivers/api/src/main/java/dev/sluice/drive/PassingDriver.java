// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.util.List;
import java.util.Map;

/**
 * Passes every call on to another driver, which is asked for each time; whoever extends it changes some
 * calls. It is closed by whoever made that other driver.
 */
public abstract class PassingDriver implements Driver {
    /** Who answers now. */
    protected abstract Driver now();

    @Override
    public Claim claim(OwnerMark mark) {
        return now().claim(mark);
    }

    @Override
    public Claim claim(OwnerMark mark, LiveJob job) {
        return now().claim(mark, job);
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        return now().observe(detailed);
    }

    @Override
    public Outcome stage(StageRequest request) {
        return now().stage(request);
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return now().stopWithSavepoint(request);
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return now().cancel(request);
    }

    @Override
    public Outcome rescale(RescaleRequest request) {
        return now().rescale(request);
    }

    @Override
    public Outcome applyLive(LiveChangeRequest request) {
        return now().applyLive(request);
    }

    @Override
    public Outcome endCluster(EndClusterRequest request) {
        return now().endCluster(request);
    }

    @Override
    public Outcome start(StartRequest request) {
        return now().start(request);
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        return now().proveAbsent(request);
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        return now().discoverState(request);
    }
}
