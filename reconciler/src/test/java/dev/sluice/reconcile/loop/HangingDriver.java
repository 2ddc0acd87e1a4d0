// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.Driver;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** While the gate is shut, starts of one job hang and its stops wait and wait. */
final class HangingDriver extends ForwardingDriver {
    /** Closing the gate's resource opens it. */
    static final class Gate implements AutoCloseable {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final String job;

        Gate(String job) {
            this.job = job;
        }

        private boolean isShutFor(JobKey key) {
            return key.name().equals(job) && opened.getCount() > 0;
        }

        @Override
        public void close() {
            opened.countDown();
        }
    }

    private final Gate gate;

    HangingDriver(Driver real, Gate gate) {
        super(real);
        this.gate = gate;
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return gate.isShutFor(request.key())
                ? new Outcome.Waiting(Instant.now(), "a slow savepoint")
                : super.stopWithSavepoint(request);
    }

    @Override
    public Outcome start(StartRequest request) {
        if (gate.isShutFor(request.job().key())) {
            try {
                gate.opened.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Outcome.Unknown("interrupted");
            }
        }
        return super.start(request);
    }
}
