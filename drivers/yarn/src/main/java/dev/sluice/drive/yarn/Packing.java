// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.isolation.CompileRequest;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.isolation.YarnCommands;
import dev.sluice.drive.isolation.YarnSubmission;
import dev.sluice.drive.rest.Submission;
import dev.sluice.drive.session.StageWords;
import dev.sluice.drive.yarn.Preparing.Prepared;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What is submitted of an attempt. In per-job mode that is the graph of its job: it is made first, by a
 * process for this program alone, in the background: no caller waits. A graph holds neither the attempt's
 * id nor its state, both are added when it is submitted; so one that was made is good for every repetition.
 */
final class Packing implements AutoCloseable {
    private static final Duration NEXT_LOOK = Duration.ofMillis(500);

    /** A program may take half a gigabyte while it is compiled. */
    private static final int AT_ONCE = 2;

    /** A graph that is made, or is being made. */
    private record Graph(JobSpec spec, Submission submission, Path file, Future<Outcome> making) {}

    private final ApplicationSettings settings;
    private final YarnCommands workers;
    private final Path folder;
    private final Clock clock;
    private final Map<JobKey, Graph> graphs = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread making = new Thread(task, "yarn-graphs");
        making.setDaemon(true);
        return making;
    });

    /** @param folder with {@code log4j.properties}; graphs are put into one below */
    Packing(ApplicationSettings settings, YarnCommands workers, Path folder, Clock clock) {
        this.settings = requireNonNull(settings, "settings is null");
        this.workers = requireNonNull(workers, "workers is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** What keeps the attempt from being submitted now: a graph that is being made, or cannot be. */
    Optional<Outcome> obstacle(StartRequest request, Prepared prepared) {
        JobSpec spec = request.job().spec();
        if (!Preparation.isPerJob(spec)) {
            return Optional.empty();
        }
        Graph graph = graphs.compute(
                spec.key(),
                (key, known) -> isOf(known, spec, prepared) ? known : begun(request, prepared));
        if (!graph.making().isDone()) {
            return Optional.of(new Outcome.Waiting(
                    clock.instant().plus(NEXT_LOOK), "the graph of the job is being compiled"));
        }
        Outcome made = result(graph.making());
        if (made instanceof Outcome.Done) {
            return Optional.empty();
        }
        // Another try begins anew.
        graphs.remove(spec.key(), graph);
        return Optional.of(made);
    }

    /** For an attempt without an {@link #obstacle}. */
    YarnSubmission submission(StartRequest request, Prepared prepared, String application) {
        Submission submission = prepared.submission();
        JobSpec spec = request.job().spec();
        Optional<Path> graph = Preparation.isPerJob(spec)
                ? Optional.of(graphs.get(spec.key()).file())
                : Optional.empty();
        return new YarnSubmission(
                application,
                settings.of(request, submission, prepared.home(), prepared.libraries()),
                Optional.of(prepared.mainClass()),
                submission.arguments(),
                graph,
                folder);
    }

    /** YARN has taken it: a graph is needed no more. */
    void taken(JobKey key) {
        Graph graph = graphs.remove(key);
        if (graph != null) {
            try {
                Files.deleteIfExists(graph.file());
            } catch (IOException nextOneWritesOverIt) {
                return;
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static boolean isOf(Graph known, JobSpec spec, Prepared prepared) {
        return known != null
                && known.spec().equals(spec)
                && known.submission().equals(prepared.submission());
    }

    private Graph begun(StartRequest request, Prepared prepared) {
        JobSpec spec = request.job().spec();
        Path file = folder.resolve("graphs").resolve(request.id().hex() + ".graph");
        CompileRequest program = program(request, prepared);
        return new Graph(
                spec,
                prepared.submission(),
                file,
                threads.submit(() -> made(spec, prepared, program, file)));
    }

    private Outcome made(JobSpec spec, Prepared prepared, CompileRequest program, Path file) {
        try {
            Files.createDirectories(file.getParent());
            workers.graph(prepared.home(), program, file);
            return new Outcome.Done(Evidence.NONE);
        } catch (WorkerFailure e) {
            return StageWords.failed(e, spec);
        } catch (IOException e) {
            return new Outcome.Failed(true, "cannot keep the job's graph: " + e, Evidence.NONE);
        }
    }

    /** With the whole configuration, as Flink's own client gives it to a program in this mode. */
    private CompileRequest program(StartRequest request, Prepared prepared) {
        Submission submission = prepared.submission();
        SortedMap<String, String> keys = new TreeMap<>(
                settings.of(request, submission, prepared.home(), prepared.libraries()));
        // The jar is there under another name while it is compiled.
        keys.remove("pipeline.jars");
        keys.keySet().removeIf(key -> key.startsWith("security.kerberos."));
        return new CompileRequest(
                submission.jar(),
                submission.mainClass(),
                submission.arguments(),
                keys,
                request.job().spec().resources().parallelism());
    }

    private static Outcome result(Future<Outcome> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("making a graph failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted on a finished task", e);
        }
    }
}
