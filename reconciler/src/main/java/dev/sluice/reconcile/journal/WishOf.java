// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.spec.EffectiveJob;
import java.util.Optional;

/**
 * The wish that a step serves, by its id ({@link dev.sluice.plan.Desired#plan()}): the spec it brings
 * into force, else the one the job is on its way to, else the one in force, which is being restored.
 */
final class WishOf implements Step.Handler<Optional<String>> {
    private final JobRecord record;

    private WishOf(JobRecord record) {
        this.record = requireNonNull(record, "record is null");
    }

    /** @param record as it is stored with the step's intent */
    static Optional<String> step(Step step, JobRecord record) {
        return step.accept(new WishOf(record));
    }

    @Override
    public Optional<String> stage(Step.Stage step) {
        return Optional.of(id(step.target()));
    }

    @Override
    public Optional<String> stop(Step.StopWithSavepoint step) {
        return record.phase() instanceof Phase.Stopping stopping
                ? Optional.of(stopping.plan())
                : onItsWay();
    }

    @Override
    public Optional<String> cancel(Step.Cancel step) {
        return onItsWay();
    }

    @Override
    public Optional<String> prove(Step.ProveAbsent step) {
        return onItsWay();
    }

    @Override
    public Optional<String> discover(Step.DiscoverState step) {
        return onItsWay();
    }

    @Override
    public Optional<String> start(Step.Start step) {
        return Optional.of(id(step.target()));
    }

    @Override
    public Optional<String> rescale(Step.Rescale step) {
        return Optional.of(id(step.target()));
    }

    @Override
    public Optional<String> apply(Step.ApplyLive step) {
        return Optional.of(id(step.target()));
    }

    @Override
    public Optional<String> end(Step.EndCluster step) {
        return onItsWay();
    }

    private Optional<String> onItsWay() {
        if (record.phase() instanceof Phase.Staging staging) {
            return Optional.of(id(staging.target()));
        }
        return record.notes().begun().or(() -> record.deployed().map(WishOf::id));
    }

    private static String id(EffectiveJob job) {
        return job.digest().brief();
    }
}
