// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.util.List;
import java.util.Map;

/**
 * A driver whose process dies the moment an effect is on the cluster, before anybody can write down
 * that it is. Nothing of the real driver is replaced.
 */
final class HaltingDriver implements Driver {
    /** The effect after which the process dies. */
    enum Effect {
        SAVEPOINT_TRIGGERED,
        SUBMITTED
    }

    private static final int KILLED = 137;

    private final Driver real;
    private final Effect deadly;

    HaltingDriver(Driver real, Effect deadly) {
        this.real = real;
        this.deadly = deadly;
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        Outcome outcome = real.stopWithSavepoint(request);
        haltIf(deadly == Effect.SAVEPOINT_TRIGGERED);
        return outcome;
    }

    @Override
    public Outcome start(StartRequest request) {
        Outcome outcome = real.start(request);
        haltIf(deadly == Effect.SUBMITTED && outcome instanceof Outcome.Done);
        return outcome;
    }

    private static void haltIf(boolean deadly) {
        if (deadly) {
            Runtime.getRuntime().halt(KILLED);
        }
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
    public Outcome cancel(CancelRequest request) {
        return real.cancel(request);
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
