// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.isolation.CompileRequest;
import dev.sluice.drive.isolation.CompiledJob;
import dev.sluice.drive.isolation.ProgramLooks;
import dev.sluice.drive.isolation.SavedState;
import dev.sluice.drive.isolation.StateFit;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.rest.StateSearch;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Compiles the graph of a job that is to replace another, and compares it with the state it would be
 * given, while the other still runs. In the background, a few at a time: no caller waits.
 *
 * <p>What cannot be found out is noted and does not hold the job back, because Flink looks again when
 * it restores; what is found to be wrong does.
 */
public final class StageCheck implements AutoCloseable {
    /**
     * What a verdict is about.
     *
     * @param state whose state: every checkpoint of one attempt is of the same graph, so a newer one
     *     changes nothing; a place that a person named stands for itself
     */
    private record Question(JobSpec spec, Submission submission, int attempt, String state) {
        static Question of(StageRequest request, Submission submission) {
            String state = request.state()
                    .map(known ->
                            known.attempt() == 0 ? known.path() : Integer.toString(known.attempt()))
                    .orElse("");
            return new Question(request.spec(), submission, request.attempt(), state);
        }
    }

    /** A program may take half a gigabyte while it is compiled. */
    private static final int AT_ONCE = 2;

    private final ProgramLooks workers;
    private final StateSearch search;
    private final Inquiries<JobKey, Question, Outcome> inquiries;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread checking = new Thread(task, "stage-check");
        checking.setDaemon(true);
        return checking;
    });

    /**
     * @param workers closed with this
     * @param search of the state that a job may go on from
     */
    public StageCheck(ProgramLooks workers, StateSearch search, Clock clock) {
        this.workers = workers;
        this.search = search;
        this.inquiries = new Inquiries<>(threads, clock);
    }

    /**
     * The outcome, once; empty while it is being found out.
     *
     * @param home Flink as it is on the cluster
     * @param evidence what is known already
     */
    public Optional<Outcome> poll(
            FlinkHome home,
            Elsewhere elsewhere,
            StageRequest request,
            Submission submission,
            Evidence evidence) {
        return inquiries.poll(
                request.spec().key(),
                Question.of(request, submission),
                () -> check(home, elsewhere, request, submission, evidence));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        workers.close();
    }

    private Outcome check(
            FlinkHome home,
            Elsewhere elsewhere,
            StageRequest request,
            Submission submission,
            Evidence evidence) {
        JobSpec spec = request.spec();
        try {
            CompiledJob job = workers.compile(home, request(spec, submission));
            Evidence compiled = evidence.with(
                    "graph", job.operators().size() + " operators, compiled " + workers.sandbox());
            Optional<StatePointer> state =
                    request.state().or(() -> newest(spec, request.attempt()));
            return state.isPresent()
                    ? fit(home, spec, job, state.get(), compiled)
                    : new Outcome.Done(compiled.with("fit", "there is no state yet"));
        } catch (WorkerFailure e) {
            return StageWords.of(e, spec, elsewhere, evidence);
        }
    }

    /** What is compiled of a job that would be submitted so: the same, without its secrets. */
    public static CompileRequest request(JobSpec spec, Submission submission) {
        return new CompileRequest(
                submission.jar(),
                submission.mainClass(),
                submission.with(withheld(spec)).arguments(),
                submission.configuration(),
                spec.resources().parallelism());
    }

    /** What the runner is told where nothing is run. */
    private static List<String> withheld(JobSpec spec) {
        return SecretNames.ofSql(spec).isEmpty() ? List.of() : List.of("--secrets-withheld");
    }

    private Outcome fit(
            FlinkHome home, JobSpec spec, CompiledJob job, StatePointer state, Evidence evidence) {
        try {
            SavedState saved = read(home, spec, state);
            StateFit fit = StateFit.of(saved, job, spec.upgrade().allowNonRestoredState());
            return fit.isCompatible()
                    ? new Outcome.Done(evidence.with("fit", StageWords.fits(fit)))
                    : new Outcome.Failed(false, StageWords.misfit(state, fit), evidence);
        } catch (WorkerFailure e) {
            boolean isNamed = state.job().equals(StatePointer.NOBODY) && e.isOfProgram();
            return isNamed
                    ? new Outcome.Failed(
                            false,
                            "cannot start from " + state.path() + ": " + e.getMessage()
                                    + "; name a savepoint that exists",
                            evidence)
                    : new Outcome.Done(evidence.with("fit", "not known: " + e.getMessage()));
        }
    }

    /** A running job replaces its checkpoints while it is being looked at. */
    private SavedState read(FlinkHome home, JobSpec spec, StatePointer state) throws WorkerFailure {
        try {
            return workers.metadata(home, state.path());
        } catch (WorkerFailure e) {
            Optional<StatePointer> newer = newest(spec, state.attempt());
            if (newer.isEmpty()) {
                throw e;
            }
            return workers.metadata(home, newer.get().path());
        }
    }

    /** The newest state on storage that this very attempt wrote. */
    private Optional<StatePointer> newest(JobSpec spec, int attempt) {
        if (attempt == 0) {
            return Optional.empty();
        }
        try {
            return search
                    .find(new DiscoverRequest(
                            spec.key(), attempt, Optional.empty(), spec.flink().version()))
                    .stream()
                    .filter(pointer -> pointer.attempt() == attempt)
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
