// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import dev.sluice.drive.Driver;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.reconcile.loop.ForwardingDriver;
import dev.sluice.spec.observed.Outcome;

/**
 * A driver whose process dies the moment an effect is on the cluster, before anybody can write down
 * that it is. Nothing of the real driver is replaced.
 */
final class HaltingDriver extends ForwardingDriver {
    /** The effect after which the process dies. */
    enum Effect {
        SAVEPOINT_TRIGGERED,
        SUBMITTED
    }

    private static final int KILLED = 137;

    private final Effect deadly;

    HaltingDriver(Driver real, Effect deadly) {
        super(real);
        this.deadly = deadly;
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        Outcome outcome = super.stopWithSavepoint(request);
        haltIf(deadly == Effect.SAVEPOINT_TRIGGERED);
        return outcome;
    }

    @Override
    public Outcome start(StartRequest request) {
        Outcome outcome = super.start(request);
        haltIf(deadly == Effect.SUBMITTED && outcome instanceof Outcome.Done);
        return outcome;
    }

    private static void haltIf(boolean deadly) {
        if (deadly) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
