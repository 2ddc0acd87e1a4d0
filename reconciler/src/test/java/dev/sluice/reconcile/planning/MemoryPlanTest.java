// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static dev.sluice.reconcile.planning.JobsRepository.VARIABLES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans against the journal of a controller that does not run at the moment. */
class MemoryPlanTest {
    private static final Pattern AGED =
            Pattern.compile("restore file:/state/orders/chk-812, (4[0-9]|[5-9][0-9]) s old");

    @TempDir
    private Path directory;

    private JobsRepository jobs;
    private Path config;

    @BeforeEach
    void run() throws IOException {
        jobs = new JobsRepository(directory.resolve("jobs.git"));
        config = ControllerMemory.write(directory, jobs, "orders");
    }

    @Test
    void aJobThatIsDownIsPlannedFromTheNewestStateRememberedWithItsAge() {
        Sluice run = plan();

        assertEquals(0, run.code(), run.err());
        assertTrue(AGED.matcher(run.out()).find(), run.out());
        assertTrue(run.out().contains("compared with what runs"), run.out());
        assertTrue(run.out().contains("3 unchanged"), run.out());
    }

    @Test
    void aChangedSharedVariableIsComparedWithTheCommitInForce() {
        jobs.commit(Map.of(VARIABLES, JobsRepository.variables("two:9092")));

        String plan = plan().out();

        assertTrue(
                plan.contains("variable kafka.brokers is used by payments/clicks, payments/orders"),
                plan);
        assertTrue(plan.contains("-/+ payments/clicks: restart (UPGRADE)"), plan);
        assertTrue(plan.contains("state: stop with savepoint, restore it"), plan);
        assertTrue(plan.contains("sql:  (jobs/payments/clicks/job.sql:3:1)"), plan);
    }

    @Test
    void aJobThatNobodyEverStartedIsNew() {
        jobs.commit(JobsRepository.job("fresh", "1.20", 1, "'x'"));

        assertTrue(plan().out().contains("+   payments/fresh: start (START)"));
    }

    /** Not asked is not "nothing runs there": a job of the same name may. */
    @Test
    void aNewJobOnAClusterThatNobodyHasAskedYetIsNotPlannedToStart() {
        Map<String, String> files = JobsRepository.job("fresh", "1.20", 1, "'x'");
        files.compute(
                "jobs/payments/fresh/job.yaml",
                (path, text) -> text.replace("flink:\n", "flink:\n  cluster: annex\n"));
        files.put("environments/test/environment.yaml", """
                apiVersion: sluice/v1
                kind: Environment
                name: test
                clusters:
                  lab: {kind: local, stateDir: state}
                  annex: {kind: local, stateDir: more}
                defaults:
                  flink: {cluster: lab, mode: session}
                """);
        jobs.commit(files);

        String plan = plan().out();

        assertTrue(plan.contains("!   payments/fresh: hold (START)"), plan);
        assertTrue(plan.contains("waits: ClusterUnknown: its cluster was not asked yet"), plan);
    }

    @Test
    void aJobHeldByAMistakeKeepsWhatIsWanted() {
        jobs.commit(Map.of("jobs/payments/calm/job.yaml", "name: calm\nteam: payments\n"));

        Sluice run = plan();

        assertEquals(1, run.code());
        assertTrue(run.out().contains("!   payments/calm: hold (NOOP)"), run.out());
        assertTrue(run.out().contains("waits: SpecInvalid"), run.out());
    }

    @Test
    void aSavedPlanAgainstAJournalIsMadeAgainWithoutIt() {
        Path saved = directory.resolve("saved.plan");
        plan("--out", saved.toString());

        Sluice again = Sluice.run("replay", saved);

        assertEquals(0, again.code(), again.out() + again.err());
    }

    @Test
    void anotherEnvironmentThanTheControllersIsWrongInput() {
        Sluice run =
                Sluice.run("plan", "-C", jobs.bare(), "-e", "prod", "--head", "main", "-c", config);

        assertEquals(1, run.code());
    }

    private Sluice plan(String... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "plan", "-C", jobs.bare(), "-e", "test", "--head", "main", "--config", config));
        arguments.addAll(List.of(more));
        return Sluice.run(arguments.toArray());
    }
}
