// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.versions;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.contract.UserJars;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.crash.ClusterPlace;
import dev.sluice.reconcile.crash.FlinkEyes;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.JobRepository;
import dev.sluice.reconcile.planning.Sluice;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.reconcile.service.Service;
import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One controller, its git repository, and Flink of several versions on this machine. */
final class MatrixWorld implements AutoCloseable {
    static final String ENVIRONMENT = "environments/test/environment.yaml";
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Path folder;
    private final JobRepository repository;
    private final LocalClusters clusters;
    private final CountWatch watch;
    private Service service;
    private CommitId before;
    private CommitId newest;

    private MatrixWorld(
            Path folder, JobRepository repository, LocalClusters clusters, CountWatch watch) {
        this.folder = folder;
        this.repository = repository;
        this.clusters = clusters;
        this.watch = watch;
    }

    /** Commits the jobs and starts the controller that follows them. */
    static MatrixWorld begin(Path folder, List<CountedJob> jobs) throws Exception {
        JobRepository repository = new JobRepository(folder.resolve("jobs.git"));
        repository.keep(CountedJob.JAR, jar(folder, jobs));
        repository.keep(BadInput.NO_JAR, "a text".getBytes(StandardCharsets.UTF_8));
        CommitId first = repository.commit("Begin", files -> {
            root(files);
            jobs.forEach(job -> job.write(files, folder));
        });
        Path data = folder.resolve("controller");
        LocalClusters clusters = clusters(data);
        CountWatch watch = new CountWatch(data.resolve("clusters/main"), jobs, folder);
        MatrixWorld world = new MatrixWorld(folder, repository, clusters, watch);
        world.newest = first;
        world.service = Service.start(
                new ControllerConfig(
                        repository.url(),
                        "test",
                        JobRepository.BRANCH,
                        data,
                        new ControllerConfig.Listen("127.0.0.1", 0),
                        Duration.ofMillis(300)),
                clusters);
        watch.begin();
        return world;
    }

    /** As usual, with all the time that programs of many versions may need on a busy machine. */
    private static LocalClusters clusters(Path data) throws IOException {
        Installation own = Installation.own();
        return new LocalClusters(
                data,
                own.shielded(List.of(data)).withCompileDeadline(PATIENCE),
                own.cache(),
                own.maven(),
                Progress.SILENT);
    }

    /** The same bytes for all versions, built for the oldest of them. */
    private static byte[] jar(Path folder, List<CountedJob> jobs) throws Exception {
        List<String> known = FlinkReleases.bundled().minors();
        String oldest = known.stream()
                .filter(minor -> jobs.stream().anyMatch(job -> job.version().equals(minor)))
                .findFirst()
                .orElseThrow();
        Path lib = Installation.homes()
                .assemble(FlinkReleases.bundled().find(oldest).orElseThrow(), Progress.SILENT)
                .lib();
        return new UserJars(MatrixWorld.class, lib, Files.createDirectories(folder.resolve("jar")))
                .jar("Counter", new TreeMap<>());
    }

    private static void root(TreeMap<String, String> files) {
        files.put("sluice.yaml", """
                apiVersion: sluice/v1
                kind: Repository
                id: sample
                """);
        files.put(ENVIRONMENT, """
                apiVersion: sluice/v1
                kind: Environment
                name: test
                clusters:
                  main: {kind: local, stateDir: state}
                defaults:
                  flink: {mode: session, cluster: main}
                  upgrade: {soak: 0s}
                """);
        files.put("environments/test/policy.yaml", """
                apiVersion: sluice/v1
                kind: Policy
                maxConcurrentRestarts: 8
                canary: 0
                stopAfterFailures: 9
                massChangePercent: 100
                """);
    }

    void commit(String subject, Consumer<TreeMap<String, String>> change) throws IOException {
        before = newest;
        newest = repository.commit(subject, change);
    }

    /** What {@code sluice plan} says of the newest commit. */
    String plan() {
        return Sluice.run(
                        "plan",
                        "-C",
                        repository.directory(),
                        "-e",
                        "test",
                        "--base",
                        before.hash(),
                        "--head",
                        newest.hash())
                .out();
    }

    Path folder() {
        return folder;
    }

    CountWatch watch() {
        return watch;
    }

    /** Address of Flink of that version. */
    URI flink(String version) throws IOException {
        Path place = folder.resolve("controller/clusters/main/flink-" + version + "/cluster.json");
        return new ClusterPlace(place).address();
    }

    Board.JobNotice notice(CountedJob job) {
        return service.board().job(job.key()).orElseThrow();
    }

    JobRecord record(CountedJob job) {
        return notice(job).record();
    }

    /** Steps of a job, newest first. */
    List<HistoryEntry> steps(CountedJob job) {
        return service.journal().history(job.key(), 100);
    }

    /** Every start that was meant, oldest first: one for each attempt. */
    List<Step.Start> starts(CountedJob job) {
        List<Step.Start> starts = new ArrayList<>();
        for (HistoryEntry entry : steps(job)) {
            if (entry.step() instanceof Step.Start start) {
                starts.add(0, start);
            }
        }
        return starts;
    }

    /** What Flink itself says that the attempt was restored from. */
    String restoredFrom(CountedJob job, int attempt) throws IOException, InterruptedException {
        String version = starts(job).get(attempt - 1).target().spec().flink().version();
        return new FlinkEyes(flink(version)).restoredFrom(job.id(attempt).hex());
    }

    CountedRows rows(CountedJob job) throws IOException {
        return CountedRows.of(job.output(folder));
    }

    void awaitStable(List<CountedJob> jobs, int attempt) throws InterruptedException {
        await(
                "stable as attempt " + attempt,
                jobs,
                notice -> notice.record().phase() instanceof Phase.Stable
                        && notice.record().attempt() == attempt);
    }

    /** Waits until the controller says so of each of these jobs. */
    void await(String claim, List<CountedJob> jobs, Predicate<Board.JobNotice> condition)
            throws InterruptedException {
        for (CountedJob job : jobs) {
            boolean isSo = service.board()
                    .await(board -> board.job(job.key()).filter(condition).isPresent(), PATIENCE);
            if (!isSo) {
                throw new AssertionError(job.name() + " is not " + claim + ": " + told(job));
            }
        }
    }

    /** Waits until the author of the newest commit is told these words of the job. */
    void awaitTold(CountedJob job, String words) throws InterruptedException {
        await(
                "told " + words,
                List.of(job),
                notice -> notice.holds().stream().anyMatch(hold -> hold.text().contains(words)));
    }

    /** Waits until a rule complains of the newest commit. */
    void awaitFinding(String rule) throws InterruptedException {
        boolean isTold = service.board()
                .await(
                        board -> board.git().findings().stream()
                                .anyMatch(finding -> finding.rule().equals(rule)),
                        PATIENCE);
        assertTrue(isTold, () -> service.board().git().toString());
    }

    private String told(CountedJob job) {
        return service.board().git() + "\n"
                + service.board()
                        .job(job.key())
                        .map(notice -> notice.record().phase() + " " + notice.reason() + " "
                                + notice.holds().stream().map(Hold::text).toList())
                        .orElse("not known");
    }

    /** Waits until each has written that many rows more, without a gap. */
    void awaitRows(List<CountedJob> jobs, int more) throws InterruptedException {
        TreeMap<String, Integer> before = new TreeMap<>();
        jobs.forEach(job -> before.put(job.name(), watch.rows(job)));
        for (CountedJob job : jobs) {
            Settling.until(
                    PATIENCE,
                    () -> watch.rows(job) >= before.get(job.name()) + more
                            && watch.gaps(job).isEmpty(),
                    isSo -> isSo);
        }
    }

    /** Ends the controller and Flink. */
    @Override
    public void close() throws IOException {
        watch.close();
        service.close();
        clusters.stopAll();
        repository.close();
    }
}
