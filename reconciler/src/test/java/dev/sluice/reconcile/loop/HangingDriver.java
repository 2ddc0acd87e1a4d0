// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.Driver;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** While the gate is shut, calls for some jobs hang and their stops wait and wait. */
final class HangingDriver extends ForwardingDriver {
    /** Closing the gate's resource opens it. */
    static final class Gate implements AutoCloseable {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final List<String> jobs;
        private final boolean isForStaging;

        private Gate(List<String> jobs, boolean isForStaging) {
            this.jobs = jobs;
            this.isForStaging = isForStaging;
        }

        Gate(String job) {
            this(List.of(job), false);
        }

        /** The jobs hang already when they are staged. */
        static Gate ofStaging(List<String> jobs) {
            return new Gate(jobs, true);
        }

        private boolean isShutFor(JobKey key) {
            return jobs.contains(key.name()) && opened.getCount() > 0;
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
                ? new Outcome.Waiting(Instant.EPOCH, "a slow savepoint")
                : super.stopWithSavepoint(request);
    }

    @Override
    public Outcome stage(StageRequest request) {
        return gate.isForStaging && hangs(request.spec().key())
                ? new Outcome.Unknown("interrupted")
                : super.stage(request);
    }

    @Override
    public Outcome start(StartRequest request) {
        return hangs(request.job().key())
                ? new Outcome.Unknown("interrupted")
                : super.start(request);
    }

    /** Waits while the gate is shut; true when somebody lost patience. */
    private boolean hangs(JobKey key) {
        try {
            if (gate.isShutFor(key)) {
                gate.opened.await();
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
