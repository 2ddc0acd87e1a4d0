// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.Driver;
import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.LedgerEntry;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A repository, clusters in memory, and controllers that come and go on one data directory. */
final class LoopWorld implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofMillis(30), Duration.ofMillis(10), Duration.ofMillis(30));

    private final Clock clock = Clock.systemUTC();
    private final WallClock wall = new WallClock();
    private final AtomicReference<Clock> newest = new AtomicReference<>(clock);
    private final List<Cluster> opened = new CopyOnWriteArrayList<>();
    private final Path data;
    private final JobRepository repository;
    private final Map<String, InMemoryCluster> clusters = new ConcurrentHashMap<>();
    private Optional<DriverFactory> factory = Optional.empty();
    private boolean isDated;
    private Controller.Pace pace = PACE;
    private Function<Driver, Driver> wrapping = driver -> driver;
    private Duration busyTimeout = Duration.ofSeconds(5);
    private Running running;

    /** One controller and what it stands on. */
    record Running(Journal journal, GitSource source, Controller controller)
            implements AutoCloseable {
        Board board() {
            return controller.board();
        }

        @Override
        public void close() {
            controller.close();
            source.close();
            journal.close();
        }
    }

    /** A world whose repository has these jobs, with a controller running. */
    LoopWorld(Path folder, String... jobs) throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        repository = new JobRepository(folder.resolve("jobs.git"));
        commit(files -> {
            JobFiles.root(files);
            List.of(jobs)
                    .forEach(job -> JobFiles.job(files, job, "INSERT INTO a SELECT 1 FROM b;"));
        });
    }

    JobRepository repository() {
        return repository;
    }

    Path data() {
        return data;
    }

    InMemoryCluster cluster(String name) {
        return clusters.computeIfAbsent(name, fresh -> new InMemoryCluster(clusterClock()));
    }

    /** Puts something between the controllers started from now on and their clusters. */
    void wrap(Function<Driver, Driver> by) {
        wrapping = by;
    }

    /** Real clusters instead of those in memory, asked no more often than they can answer. */
    void on(DriverFactory real, Controller.Pace slower) {
        factory = Optional.of(real);
        pace = slower;
    }

    /**
     * Lets controllers live at another time than real clusters, for schedules. What a driver wants to be
     * asked again about is then asked when a minute has passed.
     */
    void date(String instant) {
        isDated = true;
        wall.set(instant);
    }

    /** How often controllers started from now on look. */
    void pace(Controller.Pace other) {
        pace = other;
    }

    CommitId commit(Consumer<TreeMap<String, String>> change) throws IOException {
        return repository.commit("Change", change);
    }

    /** Clusters tell the time of the newest controller. */
    private Clock clusterClock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return newest.get().instant();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("instants only");
            }
        };
    }

    /** Starts the controller that the methods below look at. */
    Running start() {
        running = another("one");
        return running;
    }

    /** How long controllers started from now on wait for another process that holds the journal. */
    void busyTimeout(Duration atMost) {
        busyTimeout = atMost;
    }

    /** How often controllers started from now on ask the repository. */
    void gitPeriod(Duration period) {
        pace = new Controller.Pace(period, pace.moving(), pace.settled());
    }

    /** Starts one more on the same data. */
    Running another(String owner) {
        if (factory.isPresent() && !isDated) {
            // Drivers of real clusters go by this machine's clock, and so say when to come back.
            wall.set(clock.instant().toString());
        }
        Clock own = new SteadyClock(wall.instant());
        newest.set(own);
        Journal journal = Journal.open(data, busyTimeout);
        GitSource source =
                GitSource.open(data, new GitRemote(repository.url(), JobRepository.BRANCH), clock);
        return new Running(
                journal,
                source,
                Controller.start(
                        owner, "test", journal, source, cluster -> open(cluster, own), pace, wall));
    }

    /** The copy of the repository in the data directory. */
    GitSource source() {
        return GitSource.open(data, new GitRemote(repository.url(), JobRepository.BRANCH), clock);
    }

    /** The clock that schedules and maintenance windows go by. */
    WallClock wall() {
        return wall;
    }

    /** Every cluster entry that came into force, oldest first. */
    List<Cluster> opened() {
        return List.copyOf(opened);
    }

    private Driver open(Cluster cluster, Clock own) {
        opened.add(cluster);
        Driver driver =
                factory.map(real -> real.open(cluster)).orElseGet(() -> inMemory(cluster, own));
        return wrapping.apply(driver);
    }

    private Driver inMemory(Cluster cluster, Clock own) {
        return new InMemoryDriver(cluster.name(), List.of("1.20"), cluster(cluster.name()), own);
    }

    /** Ends the controller and starts the next one on the same data. */
    Running restart() {
        end();
        return start();
    }

    /** Ends the controller; clusters and jobs go on. */
    void end() {
        running.close();
        running = null;
    }

    /** From now on nothing can be written down. */
    void closeJournal() {
        running.journal().close();
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    Board board() {
        return running.board();
    }

    Journal journal() {
        return running.journal();
    }

    Board.JobNotice job(String name) {
        return board().job(JobFiles.key(name)).orElseThrow();
    }

    /** Steps of a job that the journal knows, newest first. */
    List<HistoryEntry> steps(String name) {
        return running.journal().history(JobFiles.key(name), 100);
    }

    /** Every pointer of a job that the journal ever saw. */
    List<LedgerEntry> ledger(String name) {
        return running.journal().states(JobFiles.key(name));
    }

    /** Sentences that the journal noted for a reason, oldest first. */
    List<String> events(Reason reason) {
        List<String> texts = new ArrayList<>();
        running.journal().events(1000).stream()
                .filter(event -> event.word().equals(reason.name()))
                .forEach(event -> texts.add(0, event.text()));
        return texts;
    }

    void await(String claim, Predicate<Board> condition) throws InterruptedException {
        await(claim, board(), condition);
    }

    static void await(String claim, Board board, Predicate<Board> condition)
            throws InterruptedException {
        if (!board.await(condition, PATIENCE)) {
            throw new AssertionError(claim + ": " + board.git() + " " + board.jobs());
        }
    }

    void awaitStable(String name, int attempt) throws InterruptedException {
        await(name + " is stable", is(name, Phase.Stable.class, attempt));
    }

    static Predicate<Board> is(String name, Class<? extends Phase> phase, int attempt) {
        JobKey key = JobFiles.key(name);
        return board -> board.job(key)
                .map(Board.JobNotice::record)
                .filter(record -> phase.isInstance(record.phase()) && record.attempt() == attempt)
                .isPresent();
    }

    /** Waits until every cluster was asked so many times more: enough for anything to be done. */
    void awaitLooks(int more) throws InterruptedException {
        await("the cluster was asked", board -> board.clusters().containsKey("main"));
        for (int look = 0; look < more; look++) {
            var before = board().clusters().get("main").observation().at();
            await(
                    "the cluster is asked again",
                    board -> board.clusters().get("main").observation().at().isAfter(before));
        }
    }

    /** Waits until git answered so many times more. */
    void awaitFetches(int more) throws InterruptedException {
        for (int look = 0; look < more; look++) {
            var before = board().git().answeredAt();
            await("git is asked again", board -> !board.git().answeredAt().equals(before));
        }
    }

    static JobId id(String name, int attempt) {
        return JobId.of(JobFiles.key(name), attempt);
    }

    /** Ends the controller; no job may ever have run twice. */
    @Override
    public void close() {
        if (running != null) {
            running.close();
        }
        repository.close();
        clusters.values().forEach(cluster -> assertEquals(List.of(), cluster.violations()));
    }
}
