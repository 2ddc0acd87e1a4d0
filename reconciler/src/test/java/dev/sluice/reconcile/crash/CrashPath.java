// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.loop.JobRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One path of the crash enumeration: controllers die once the savepoint was asked for, once it is
 * complete, and once the next cluster was asked for, and nobody has written it down.
 */
final class CrashPath implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int ROWS = 100;
    private static final List<FailPoint> POINTS = List.of(
            new FailPoint(StepKind.STOP, Moment.ANSWERED),
            new FailPoint(StepKind.STOP, Moment.ENDED),
            new FailPoint(StepKind.START, Moment.ANSWERED));

    private final Path folder;
    private final Elsewhere place;
    private final Path output;
    private final ElsewhereObserver observer;
    private final JobRepository repository;
    private final Controllers controllers;
    private final Journal journal;

    private CrashPath(Path folder, Elsewhere place, Path output) throws IOException {
        this.folder = folder;
        this.place = requireNonNull(place, "place is null");
        this.output = output;
        this.observer = new ElsewhereObserver(place, new OutputWitness(output));
        this.repository = new JobRepository(folder.resolve("jobs.git"));
        this.controllers = new Controllers(
                ControllerJava.packed(folder.resolve("java")), folder, repository.url());
        Path data = Files.createDirectories(CrashWorld.data(folder));
        Journal.open(data).close();
        this.journal = Journal.view(data);
    }

    static CrashPath open(Path folder, Elsewhere place) throws Exception {
        return new CrashPath(folder, place, place.output());
    }

    /** The job runs there as its first attempt. */
    void begin() throws Exception {
        repository.commit("Begin", files -> {
            CountingJob.write(files, output, Setting.session("1.20"));
            CountingJob.cluster(files, place.entry());
            String yaml = "jobs/shop/orders/job.yaml";
            files.compute(yaml, (name, text) -> text.replaceFirst("(?s)configuration:.*", ""));
            place.fit(files, yaml);
        });
        observer.watch();
        controllers.start(Trap.NONE);
        awaitStable(1);
        controllers.endFirst();
    }

    /** Nothing runs twice and nothing is lost wherever a controller dies. */
    void play() throws Exception {
        for (int round = 0; round < POINTS.size(); round++) {
            die(POINTS.get(round), round + 1);
            Files.deleteIfExists(Trap.armed(folder));
            controllers.start(Trap.NONE);
            awaitStable(round + 2);
            assertPromises();
            controllers.kill();
        }
    }

    private void die(FailPoint point, int version) throws Exception {
        controllers.start(point.toString());
        Files.deleteIfExists(Trap.tale(folder));
        Files.writeString(Trap.armed(folder), "");
        repository.commit("Change", files -> CountingJob.change(files, version));
        Process dead = controllers
                .ended(PATIENCE)
                .orElseThrow(() ->
                        new AssertionError("did not die at " + point + ": " + controllers.words()));
        assertEquals(Trap.KILLED, dead.exitValue());
        assertEquals(point.toString(), Files.readString(Trap.tale(folder)));
    }

    /** The job goes on, from where it was, and is left alone. */
    private void assertPromises() throws Exception {
        JournalWitness witness = new JournalWitness(CrashWorld.data(folder));
        int meant = witness.intents();
        int rows = observer.rows();
        until("the job goes on writing", () -> observer.rows() >= rows + ROWS);
        until("no number is missing", () -> observer.gaps().isEmpty());
        String job = journal.record(CountingJob.KEY).currentId().orElseThrow().hex();
        assertEquals(1, place.attempts().size());
        assertEquals(List.of(job), place.flink().live());
        assertNotEquals("", place.flink().restoredFrom(job));
        assertEquals(meant, witness.intents(), "a stable job is left alone");
        assertEquals(List.of(), observer.violations());
    }

    private void awaitStable(int attempt) throws Exception {
        until("stable as attempt " + attempt, () -> {
            JobRecord record = journal.record(CountingJob.KEY);
            return record.phase() instanceof Phase.Stable && record.attempt() == attempt;
        });
    }

    private void until(String claim, CrashWorld.Condition condition) throws Exception {
        Waiting.until(
                PATIENCE,
                condition::holds,
                () -> claim + "; " + journal.record(CountingJob.KEY).phase() + " " + observer.gaps()
                        + "\n" + controllers.words());
    }

    /** Ends everything but the place. */
    @Override
    public void close() {
        controllers.kill();
        observer.close();
        journal.close();
        repository.close();
    }
}
