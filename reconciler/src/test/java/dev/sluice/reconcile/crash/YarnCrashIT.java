// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.loop.JobRepository;
import dev.sluice.reconcile.loop.YarnHouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One path of the crash enumeration on a real YARN: controllers die once the savepoint was asked for,
 * once it is complete, and once the next application was submitted, and nobody has written it down.
 */
@Tag("long")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class YarnCrashIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final int ROWS = 100;
    private static final List<FailPoint> POINTS = List.of(
            new FailPoint(StepKind.STOP, Moment.ANSWERED),
            new FailPoint(StepKind.STOP, Moment.ENDED),
            new FailPoint(StepKind.START, Moment.ANSWERED));

    @TempDir
    Path folder;

    private YarnHouse yarn;
    private JobRepository repository;
    private Controllers controllers;
    private Journal journal;
    private YarnObserver observer;

    @BeforeEach
    void begin() throws Exception {
        yarn = YarnHouse.start(folder.resolve("hadoop"));
        Path output = folder.resolve("output");
        repository = new JobRepository(folder.resolve("jobs.git"));
        repository.commit("Begin", files -> {
            CountingJob.write(files, output, Setting.session("1.20"));
            CountingJob.cluster(files, yarn.entry());
            String yaml = "jobs/shop/orders/job.yaml";
            files.compute(yaml, (path, text) -> text.replaceFirst("(?s)configuration:.*", ""));
            YarnHouse.small(files, yaml);
        });
        Path data = Files.createDirectories(CrashWorld.data(folder));
        Journal.open(data).close();
        journal = Journal.view(data);
        observer = new YarnObserver(yarn, "sluice-job:shop/orders", new OutputWitness(output));
        observer.watch();
        controllers = new Controllers(
                ControllerJava.packed(folder.resolve("java")), folder, repository.url());
        controllers.start(Trap.NONE);
        awaitStable(1);
        controllers.endFirst();
    }

    @AfterEach
    void end() {
        controllers.kill();
        observer.close();
        journal.close();
        repository.close();
        yarn.close();
    }

    @Test
    void nothingRunsTwiceAndNothingIsLostWhereverAControllerDies() throws Exception {
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
        assertEquals(List.of(job), observer.flink().live());
        assertNotEquals("", observer.flink().restoredFrom(job));
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
}
