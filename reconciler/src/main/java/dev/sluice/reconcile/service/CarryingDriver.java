// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Driver;
import dev.sluice.drive.PassingDriver;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.drive.rest.StateStorage.Presence;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Brings the savepoint of a job that moves here from a cluster whose state Flink cannot read here, such
 * as from HDFS to a local cluster. Before the old job is stopped it is seen that this can be done; the
 * copy is made when the job is started, beside whoever asks. What is observed of the job names the
 * savepoint itself, not the copy.
 */
final class CarryingDriver extends PassingDriver {
    private static final Duration NEXT_LOOK = Duration.ofMillis(500);

    private final Driver driver;
    private final CarriedState state;
    private final Sees sees;
    private final Elsewhere elsewhere;
    private final Clock clock;
    private final Map<String, Future<Boolean>> copies = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread carrier = new Thread(task, "carry-state");
        carrier.setDaemon(true);
        return carrier;
    });

    CarryingDriver(Driver driver, StateFiles here, Sees sees, Elsewhere elsewhere, Clock clock) {
        this.driver = requireNonNull(driver, "driver is null");
        this.state = new CarriedState(here);
        this.sees = requireNonNull(sees, "sees is null");
        this.elsewhere = requireNonNull(elsewhere, "elsewhere is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What Flink finds of the places that it can name. */
    enum Sees {
        /** All: its processes run on this machine, or all machines share the file system. */
        EVERYTHING,
        /** Its state directory. A path of another cluster's may mean another machine's disk there. */
        ITS_STATE
    }

    /** The state directories of the other clusters. */
    @FunctionalInterface
    interface Elsewhere {
        /** The one in which a URL lies. */
        Optional<StateFiles> of(String url);
    }

    @Override
    protected Driver now() {
        return driver;
    }

    @Override
    public Outcome stage(StageRequest request) {
        Optional<String> foreign = request.state()
                .filter(pointer -> !pointer.job().equals(StatePointer.NOBODY))
                .map(StatePointer::path)
                .filter(this::isForeign);
        return foreign.isPresent() && source(foreign.get()).isEmpty()
                ? new Outcome.Unknown(unreachable(foreign.get()))
                : super.stage(request);
    }

    @Override
    public Outcome start(StartRequest request) {
        Optional<StatePointer> foreign =
                pointer(request.from()).filter(pointer -> isForeign(pointer.path()));
        return foreign.isEmpty() ? super.start(request) : start(request, foreign.get());
    }

    private Outcome start(StartRequest request, StatePointer foreign) {
        String path = foreign.path();
        Optional<String> copy = state.copy(path);
        Presence presence = copy.map(state::presence).orElse(Presence.MISSING);
        if (presence == Presence.COMPLETE) {
            return super.start(from(request, foreign, state.url(copy.get())));
        }
        Optional<StateFiles> source = source(path);
        if (presence == Presence.UNKNOWN || source.isEmpty()) {
            return new Outcome.Unknown(unreachable(path));
        }
        return foreign.kind() == StatePointer.Kind.SAVEPOINT
                ? bring(source.get(), path, copy.get())
                : new Outcome.Failed(
                        false,
                        "a checkpoint cannot be brought from another cluster, and " + path
                                + " is one; the job can go on from it where it was",
                        Evidence.NONE);
    }

    private Outcome bring(StateFiles source, String path, String copy) {
        Callable<Boolean> task = () -> state.bring(source, path, copy);
        Future<Boolean> running = copies.computeIfAbsent(path, unused -> thread.submit(task));
        if (!running.isDone()) {
            return waiting(path + " is being brought here");
        }
        copies.remove(path);
        try {
            return running.get()
                    ? waiting(path + " was brought here")
                    : new Outcome.Failed(
                            false,
                            "the state " + path + " is not there",
                            Evidence.of("missing", path));
        } catch (ExecutionException e) {
            return new Outcome.Unknown("cannot bring " + path + ": " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unknown("interrupted");
        }
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        ClusterObservation seen = super.observe(detailed);
        return new ClusterObservation(
                seen.cluster(),
                seen.at(),
                seen.jobs().stream().map(this::named).toList(),
                seen.unreachable(),
                seen.freeSlots());
    }

    @Override
    public void close() {
        thread.shutdownNow();
        driver.close();
    }

    /** A place that no cluster has is taken as it is: pods may mount more than their state. */
    private boolean isForeign(String path) {
        return !state.isReadable(path)
                || sees == Sees.ITS_STATE
                        && !state.owns(path)
                        && elsewhere.of(path).isPresent();
    }

    private Optional<StateFiles> source(String path) {
        return state.copy(path).flatMap(copy -> elsewhere.of(path));
    }

    private static String unreachable(String path) {
        return "the state lies in " + path + ", which Flink cannot read here, and no cluster of the"
                + " environment that can be asked now has it";
    }

    private static Optional<StatePointer> pointer(RestoreFrom from) {
        return from instanceof RestoreFrom.State known
                ? Optional.of(known.pointer())
                : Optional.empty();
    }

    private static StartRequest from(StartRequest request, StatePointer pointer, String path) {
        StatePointer copy = new StatePointer(
                pointer.kind(),
                path,
                pointer.job(),
                pointer.attempt(),
                pointer.checkpointId(),
                pointer.completedAt(),
                pointer.flinkVersion());
        return request.from(new RestoreFrom.State(copy));
    }

    private LiveJob named(LiveJob job) {
        Optional<JobDetail> detail = job.detail();
        Optional<String> origin = detail.flatMap(JobDetail::restoredPath).flatMap(state::origin);
        if (origin.isEmpty()) {
            return job;
        }
        JobDetail told = detail.get();
        return new LiveJob(
                job.id(),
                job.name(),
                job.status(),
                job.startedAt(),
                job.parallelism(),
                job.flinkVersion(),
                job.webUrl(),
                Optional.of(told.restoredFrom(origin.get())));
    }

    private Outcome waiting(String what) {
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), what);
    }
}
