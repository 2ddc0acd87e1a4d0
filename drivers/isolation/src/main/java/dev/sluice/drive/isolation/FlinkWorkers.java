// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.isolation.WorkerFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All workers of this process: at most one standing one per Flink home, and one per program that is
 * being compiled. Methods wait for the answer; they may be called from several threads.
 */
public final class FlinkWorkers implements ProgramLooks {
    private static final Duration READING = Duration.ofSeconds(60);

    private final WorkerSettings settings;
    private final Scratch scratch = new Scratch();
    private final SortedMap<String, StandingWorker> standing = new TreeMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> {
                Thread ticking = new Thread(task, "idle-workers");
                ticking.setDaemon(true);
                return ticking;
            });

    public FlinkWorkers(WorkerSettings settings) {
        this.settings = settings;
        long period = Math.max(100, settings.idle().toMillis() / 2);
        clock.scheduleWithFixedDelay(this::endIdle, period, period, TimeUnit.MILLISECONDS);
    }

    /** Every mistake of a script that can be known without running code of a user. */
    public List<SqlProblem> parse(FlinkHome home, String script) throws WorkerFailure {
        ObjectNode body = WorkerProcess.body().put("script", script);
        return WorkerAnswers.problems(standing(home).ask("parse", body, READING));
    }

    @Override
    public SavedState metadata(FlinkHome home, String path) throws WorkerFailure {
        return metadata(standing(home), path);
    }

    SavedState metadata(StandingWorker worker, String path) throws WorkerFailure {
        ObjectNode body = WorkerProcess.body().put("path", path);
        return WorkerAnswers.state(worker.ask("metadata", body, READING));
    }

    /**
     * The objects of a native Kubernetes cluster, as this version of Flink makes them.
     *
     * @param home with flink-kubernetes
     */
    public NativeCluster kubernetes(FlinkHome home, NativeRequest request) throws WorkerFailure {
        ObjectNode body = WorkerAnswers.body(request);
        return WorkerAnswers.cluster(standing(home).ask("kubernetes", body, READING));
    }

    @Override
    public CompiledJob compile(FlinkHome home, CompileRequest request) throws WorkerFailure {
        return compile(home, request, List.of());
    }

    /**
     * The same with more classes.
     *
     * @param more jars that every program on the cluster finds beside Flink's
     */
    CompiledJob compile(FlinkHome home, CompileRequest request, List<Path> more)
            throws WorkerFailure {
        return compile(home, request, more, Besides.NOTHING);
    }

    /**
     * Keeps the graph as Flink's own client would bring it to a cluster.
     *
     * @param file written over if it is there
     */
    void graph(FlinkHome home, CompileRequest request, List<Path> more, Path file)
            throws WorkerFailure {
        Besides keeping = new Besides() {
            @Override
            public void ask(ObjectNode body, Path folder) {
                body.put("graph", folder.resolve("job.graph").toString());
            }

            @Override
            public void take(Path folder) throws WorkerFailure {
                copy(folder.resolve("job.graph"), file);
            }
        };
        compile(home, request, more, keeping);
    }

    /**
     * The same for a script, with what Flink's {@code EXPLAIN} says of all its statements.
     *
     * @param request of the jar that runs scripts
     */
    public CompiledJob explain(FlinkHome home, CompileRequest request) throws WorkerFailure {
        return compile(home, request, List.of(), FlinkWorkers::explain);
    }

    private static void explain(ObjectNode body, Path folder) {
        String file = folder.resolve("explanation.txt").toString();
        body.withArray("arguments").add("--explain").add(file);
        body.put("explanation", file);
    }

    /** What is wanted of a compilation besides its answer. */
    @FunctionalInterface
    private interface Besides {
        Besides NOTHING = (body, folder) -> {};

        void ask(ObjectNode body, Path folder);

        /** Before the folder of the process goes. */
        default void take(Path folder) throws WorkerFailure {}
    }

    private CompiledJob compile(
            FlinkHome home, CompileRequest request, List<Path> more, Besides besides)
            throws WorkerFailure {
        Path folder = folder();
        try {
            Path jar = folder.resolve("program.jar");
            copy(request.jar(), jar);
            ObjectNode body = WorkerAnswers.body(request, jar);
            besides.ask(body, folder);
            WorkerCommand command = new WorkerCommand(settings, home);
            try (WorkerProcess process = command.compile(folder, Probe.SANDBOX, more)) {
                JsonNode answer = process.ask("compile", body, settings.compileDeadline());
                besides.take(folder);
                return WorkerAnswers.job(answer);
            }
        } finally {
            scratch.remove(folder);
        }
    }

    /** Why no process for a version can be started here; empty when one can. */
    public Optional<String> refusal(FlinkRelease release) {
        return settings.java().refusal(release);
    }

    @Override
    public String sandbox() {
        return Probe.SANDBOX.words(settings.hasNetwork());
    }

    /** Whether this system lets programs be kept apart from everything else. */
    public static boolean keepsApart() {
        return Probe.SANDBOX.isPossible();
    }

    /** How many standing processes live. */
    public synchronized long alive() {
        return standing.values().stream().filter(StandingWorker::isAlive).count();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            standing.values().forEach(StandingWorker::kill);
            standing.clear();
        }
        scratch.close();
    }

    private synchronized StandingWorker standing(FlinkHome home) throws WorkerFailure {
        String key = home.root().toString();
        StandingWorker known = standing.get(key);
        if (known != null) {
            return known;
        }
        Path folder = folder();
        WorkerCommand command = new WorkerCommand(settings, home);
        return keep(key, () -> command.deploy(folder));
    }

    /** The process for one Hadoop cluster. */
    synchronized StandingWorker standing(FlinkHome home, HadoopClient hadoop) throws WorkerFailure {
        String key = home.root() + " " + hadoop.configuration();
        StandingWorker known = standing.get(key);
        if (known != null) {
            return known;
        }
        Path folder = folder();
        WorkerCommand command = new WorkerCommand(settings, home);
        return keep(key, () -> command.yarn(folder, hadoop));
    }

    private StandingWorker keep(String key, StandingWorker.Launch launch) {
        StandingWorker worker = new StandingWorker(launch, settings.idle());
        standing.put(key, worker);
        return worker;
    }

    private synchronized void endIdle() {
        standing.values().forEach(StandingWorker::endIfIdle);
    }

    private Path folder() throws WorkerFailure {
        try {
            return scratch.folder();
        } catch (IOException e) {
            throw new WorkerFailure(Kind.START, "cannot make a folder for a worker: " + e);
        }
    }

    private static void copy(Path from, Path to) throws WorkerFailure {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new WorkerFailure(Kind.START, "cannot copy " + from + ": " + e);
        }
    }

    /** Tried out when the first program is compiled, once per process. */
    private static final class Probe {
        static final Sandbox SANDBOX = Sandbox.probe();
    }
}
