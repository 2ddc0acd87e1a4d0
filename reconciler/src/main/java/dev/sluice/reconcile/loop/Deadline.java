// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.plan.Step;
import java.time.Duration;

/**
 * How long a call for a step may take before its thread is interrupted. Drivers bound every request
 * themselves; this is the net below them, so it is far longer than any call that goes well.
 */
final class Deadline implements Step.Handler<Duration> {
    static final Deadline OF_STEP = new Deadline();

    /** A Flink release may have to be fetched. */
    private static final Duration DOWNLOAD = Duration.ofMinutes(30);

    /** A JobManager may have to be started, and user code makes its graph before it answers. */
    private static final Duration LAUNCH = Duration.ofMinutes(5);

    private static final Duration QUESTION = Duration.ofMinutes(1);

    private Deadline() {}

    @Override
    public Duration stage(Step.Stage step) {
        return DOWNLOAD;
    }

    @Override
    public Duration stop(Step.StopWithSavepoint step) {
        return QUESTION;
    }

    @Override
    public Duration cancel(Step.Cancel step) {
        return QUESTION;
    }

    @Override
    public Duration end(Step.EndCluster step) {
        return QUESTION;
    }

    @Override
    public Duration apply(Step.ApplyLive step) {
        return QUESTION;
    }

    @Override
    public Duration rescale(Step.Rescale step) {
        return QUESTION;
    }

    @Override
    public Duration prove(Step.ProveAbsent step) {
        return QUESTION;
    }

    @Override
    public Duration discover(Step.DiscoverState step) {
        return LAUNCH;
    }

    @Override
    public Duration start(Step.Start step) {
        return LAUNCH;
    }
}
