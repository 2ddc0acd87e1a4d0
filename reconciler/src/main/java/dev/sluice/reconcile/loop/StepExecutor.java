// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.EndClusterRequest;
import dev.sluice.drive.LiveChangeRequest;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.git.GitException;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The only caller of drivers' effects: turns a step into one request, with nothing left to choose.
 *
 * <p>Runs on a worker thread; never decides, never repeats.
 */
final class StepExecutor implements Step.Handler<Outcome> {
    private final Drivers drivers;
    private final Supply supply;

    StepExecutor(Drivers drivers, Supply supply) {
        this.drivers = requireNonNull(drivers, "drivers is null");
        this.supply = requireNonNull(supply, "supply is null");
    }

    Outcome perform(Step step) {
        try {
            return step.accept(this);
        } catch (RuntimeException e) {
            // A driver answers with outcomes; an exception is our bug. What happened on the cluster
            // is
            // then unknown, and unknown is what the job's record must say.
            return new Outcome.Unknown(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    @Override
    public Outcome stage(Step.Stage step) {
        Outcome staged = supplied(
                step.target(),
                () -> on(
                        step,
                        driver -> driver.stage(new StageRequest(
                                step.target().spec(),
                                step.state(),
                                step.attempt(),
                                step.hasRun()))));
        return staged instanceof Outcome.Failed failed
                ? new Outcome.Failed(
                        failed.retryable(),
                        supply.written(step.target(), failed.cause()),
                        failed.evidence())
                : staged;
    }

    @Override
    public Outcome stop(Step.StopWithSavepoint step) {
        return on(
                step,
                driver -> driver.stopWithSavepoint(new StopRequest(
                        step.running().key(),
                        step.attempt(),
                        step.id(),
                        step.trigger(),
                        step.directory(),
                        step.format(),
                        step.running().spec().flink().version())));
    }

    @Override
    public Outcome cancel(Step.Cancel step) {
        return on(
                step,
                driver -> driver.cancel(new CancelRequest(
                        step.running().key(),
                        step.attempt(),
                        step.id(),
                        step.running().spec().flink().version())));
    }

    @Override
    public Outcome prove(Step.ProveAbsent step) {
        Proof proof = on(
                step,
                driver -> driver.proveAbsent(new ProofRequest(
                        step.last().key(),
                        step.attempts(),
                        step.last().spec().flink().version())));
        String evidence = String.join("; ", proof.evidence());
        return switch (proof.verdict()) {
            case ABSENT -> new Outcome.Done(Evidence.of("absent", evidence));
            case PRESENT -> new Outcome.Failed(true, evidence, Evidence.of("present", evidence));
            case UNKNOWN -> new Outcome.Unknown(evidence);
        };
    }

    @Override
    public Outcome discover(Step.DiscoverState step) {
        List<StatePointer> found = on(
                step,
                driver -> driver.discoverState(new DiscoverRequest(
                        step.last().key(),
                        step.newestAttempt(),
                        step.adopted(),
                        step.last().spec().flink().version())));
        Optional<StatePointer> newest = found.stream().findFirst();
        return new Outcome.Done(newest.map(Evidence::of)
                .orElse(Evidence.NONE)
                .with("found", found.size() + " pointers on storage"));
    }

    @Override
    public Outcome start(Step.Start step) {
        StartRequest request = new StartRequest(
                step.target(),
                step.attempt(),
                step.id(),
                step.from(),
                step.earlier(),
                step.known());
        return supplied(step.target(), () -> on(step, driver -> driver.start(request)));
    }

    @Override
    public Outcome rescale(Step.Rescale step) {
        return on(
                step,
                driver -> driver.rescale(new RescaleRequest(
                        step.running().key(),
                        step.attempt(),
                        step.id(),
                        step.running().spec().resources().parallelism(),
                        step.target().spec().resources().parallelism(),
                        step.running().spec().flink().version())));
    }

    @Override
    public Outcome apply(Step.ApplyLive step) {
        return on(
                step,
                driver -> driver.applyLive(new LiveChangeRequest(
                        step.running(), step.target(), step.attempt(), step.id())));
    }

    @Override
    public Outcome end(Step.EndCluster step) {
        return on(
                step,
                driver -> driver.endCluster(new EndClusterRequest(
                        step.running().key(),
                        step.attempt(),
                        step.id(),
                        step.running().spec().flink().version())));
    }

    /** What needs the job's files and does not get them has not happened. */
    private Outcome supplied(EffectiveJob job, Supplier<Outcome> request) {
        try {
            supply.bring(job);
        } catch (ArtifactFailure e) {
            return new Outcome.Failed(e.isRetryable(), e.getMessage(), Evidence.NONE);
        } catch (GitException e) {
            return new Outcome.Failed(true, e.getMessage(), Evidence.NONE);
        }
        return request.get();
    }

    private <T> T on(Step step, Function<Driver, T> request) {
        return drivers.ask(step.cluster(), request);
    }
}
