// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.versions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.versions.CountedJob.Kind;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One controller takes jobs with state through their whole life on many Flink versions at once. The
 * tests are one story, in order, watched by {@link CountWatch}. Five versions usually;
 * {@code -Dsluice.flink.versions=all} takes all of them, or a list such as {@code 1.16,1.17}.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class VersionMatrixIT {
    private static final int ROWS = 40;
    private static final CountedJob MINOR = new CountedJob("minor", "1.18", Kind.SQL);
    private static final CountedJob MAJOR = new CountedJob("major", "1.20", Kind.SQL);
    private static final CountedJob REFUSED = new CountedJob("refused", "1.20", Kind.OBJECT);
    private static final CountedJob LOOPING = new CountedJob("looping", "1.18", Kind.RESTARTING);

    private final List<CountedJob> staying = staying();
    private final List<CountedJob> all = Stream.concat(
                    staying.stream(), Stream.of(MINOR, MAJOR, REFUSED, LOOPING))
            .toList();
    private final TreeMap<String, String> good = new TreeMap<>();
    private MatrixWorld world;

    /** A SQL job and a jar job of each version. */
    private static List<CountedJob> staying() {
        List<CountedJob> jobs = new ArrayList<>();
        for (String version : versions()) {
            String suffix = version.replace('.', '-');
            jobs.add(new CountedJob("sql-" + suffix, version, Kind.SQL));
            jobs.add(new CountedJob("jar-" + suffix, version, Kind.LONG));
        }
        return List.copyOf(jobs);
    }

    private static List<String> versions() {
        String wanted = System.getProperty("sluice.flink.versions", "1.15,1.18,1.20,2.0,2.3");
        return wanted.equals("all") ? FlinkReleases.bundled().minors() : List.of(wanted.split(","));
    }

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        world = MatrixWorld.begin(folder, all);
    }

    @AfterAll
    void end() throws Exception {
        world.close();
    }

    @AfterEach
    void noNumberCameTwiceAndNoJobLivedTwice() {
        assertEquals(List.of(), world.watch().violations());
    }

    @Test
    @Order(1)
    void jobsOfAllVersionsStartAndCount() throws Exception {
        world.awaitStable(all, 1);
        world.awaitRows(all, ROWS);

        for (AnswerCheck check : checks()) {
            check.running();
        }
    }

    @Test
    @Order(2)
    void whatCannotRunIsToldAndTheJobsRunOn() throws Exception {
        SortedMap<String, BadInput> wrong = wrong();
        world.commit("Break them", files -> {
            good.putAll(files);
            staying.stream()
                    .filter(job -> wrong.containsKey(job.name()))
                    .forEach(job -> wrong.get(job.name()).change().accept(files, job));
        });

        for (CountedJob job : staying) {
            if (wrong.containsKey(job.name())) {
                world.awaitTold(job, wrong.get(job.name()).words());
            }
        }
        world.awaitRows(staying, ROWS);
        for (CountedJob job : staying) {
            assertEquals(1, world.starts(job).size(), job::name);
        }
    }

    /** What is wrong with some of the jobs, by name. */
    private SortedMap<String, BadInput> wrong() {
        SortedMap<String, BadInput> wrong = new TreeMap<>();
        Iterator<BadInput> ofJars = BadInput.ofJars().iterator();
        Iterator<BadInput> ofScripts = BadInput.ofScripts().iterator();
        for (CountedJob job : staying) {
            Iterator<BadInput> left = job.isJar() ? ofJars : ofScripts;
            if (left.hasNext()) {
                wrong.put(job.name(), left.next());
            }
        }
        return wrong;
    }

    @Test
    @Order(3)
    void jobsOfAllVersionsAreUpgradedFromTheirSavepoints() throws Exception {
        world.commit("Upgrade", files -> {
            files.keySet().removeIf(path -> path.endsWith(".lock"));
            files.putAll(good);
            staying.forEach(job -> job.label(files, 1));
            MINOR.version(files, "1.20");
            MAJOR.version(files, "2.2");
            REFUSED.version(files, "2.2");
            LOOPING.version(files, "2.2");
        });

        world.awaitStable(staying, 2);
        world.awaitRows(staying, ROWS);
        for (CountedJob job : staying) {
            assertRestored(job, 2);
            assertTrue(world.rows(job).hasLabel("label1"), job::name);
        }
    }

    @Test
    @Order(4)
    void stateGoesOnInANewerMinorVersion() throws Exception {
        world.awaitStable(List.of(MINOR), 2);
        world.awaitRows(List.of(MINOR), ROWS);

        assertRestored(MINOR, 2);
        assertEquals("1.20", version(MINOR));
    }

    @Test
    @Order(5)
    void aMajorVersionIsNotTriedUntilAPersonAllowsIt() throws Exception {
        world.await(
                "held",
                List.of(MAJOR, REFUSED, LOOPING),
                notice -> notice.holds().stream()
                        .anyMatch(hold -> hold.reason() == Reason.NeedsAllowance));

        assertEquals(1, world.record(MAJOR).attempt());
        assertEquals(1, world.record(REFUSED).attempt());
        assertEquals(1, world.record(LOOPING).attempt());
        String plan = world.plan();
        assertTrue(plan.contains("Flink promises no state across this change (notPortable)"), plan);
        assertTrue(plan.contains("it needs the allowance notPortable"), plan);
    }

    @Test
    @Order(6)
    void jobsOfAllVersionsAreSuspendedWithASavepoint() throws Exception {
        world.commit("Suspend those that stay, allow the major version", files -> {
            staying.forEach(job -> job.state(files, "suspended"));
            files.put(
                    "environments/test/allowances.yaml",
                    """
                    apiVersion: sluice/v1
                    kind: Allowances
                    allowances:
                    """ + allowance(MAJOR) + allowance(REFUSED) + allowance(LOOPING));
        });

        world.await(
                "suspended",
                staying,
                notice -> notice.record().phase() instanceof Phase.Suspended suspended
                        && suspended.state() instanceof RestoreFrom.State);
        for (AnswerCheck check : checks()) {
            check.stopped(2, trigger(check.job()));
        }
    }

    @Test
    @Order(7)
    void stateGoesOnInANewerMajorVersionWhereFlinkRestoresIt() throws Exception {
        world.awaitStable(List.of(MAJOR), 2);
        world.awaitRows(List.of(MAJOR), ROWS);

        assertRestored(MAJOR, 2);
        assertEquals("2.2", version(MAJOR));
    }

    @Test
    @Order(8)
    void whatFlinkDoesNotRestoreRunsAgainOnTheOldVersionFromTheSameSavepoint() throws Exception {
        world.awaitStable(List.of(REFUSED, LOOPING), 3);
        world.awaitRows(List.of(REFUSED, LOOPING), ROWS);

        for (CountedJob job : List.of(REFUSED, LOOPING)) {
            List<Step.Start> starts = world.starts(job);
            assertEquals(
                    List.of(job.version(), "2.2", job.version()),
                    starts.stream()
                            .map(start -> start.target().spec().flink().version())
                            .toList());
            assertEquals(starts.get(1).from(), starts.get(2).from());
            assertRestored(job, 3);
        }
    }

    @Test
    @Order(9)
    void suspendedJobsOfAllVersionsResumeWhereTheyStopped() throws Exception {
        world.commit("Resume", files -> staying.forEach(job -> job.state(files, "running")));

        world.awaitStable(staying, 3);
        world.awaitRows(staying, ROWS);
        for (CountedJob job : staying) {
            assertRestored(job, 3);
        }
        for (AnswerCheck check : checks()) {
            check.restored(3);
        }
    }

    @Test
    @Order(10)
    void aClusterEntryThatGoesAwayUnderLiveJobsIsToldAndTheyRunOn() throws Exception {
        world.commit("Forget the cluster", files -> {
            good.put(MatrixWorld.ENVIRONMENT, files.get(MatrixWorld.ENVIRONMENT));
            files.computeIfPresent(
                    MatrixWorld.ENVIRONMENT,
                    (path, text) -> text.replace(
                            "main: {kind: local, stateDir: state}",
                            "spare: {kind: local, stateDir: spare}"));
        });

        world.awaitFinding("cluster-in-use");
        world.awaitRows(all, ROWS);
        assertEquals(3, world.record(staying.get(0)).attempt());
        world.commit(
                "Remember it",
                files -> files.put(MatrixWorld.ENVIRONMENT, good.get(MatrixWorld.ENVIRONMENT)));
    }

    @Test
    @Order(11)
    void deletedJobsOfAllVersionsEndWithASavepointAndNothingIsMissing() throws Exception {
        world.commit("Delete", files -> all.forEach(job -> job.remove(files)));

        world.await("gone", all, notice -> notice.record().phase() instanceof Phase.Absent);
        assertEquals(List.of(), world.watch().live());
        for (CountedJob job : all) {
            assertEquals(List.of(), world.watch().gaps(job), job::name);
            assertEquals(List.of(), world.rows(job).misplaced(), job::name);
        }
    }

    private List<AnswerCheck> checks() throws Exception {
        List<AnswerCheck> checks = new ArrayList<>();
        for (CountedJob job : staying) {
            if (!job.isJar()) {
                checks.add(new AnswerCheck(job, world.flink(job.version()), world.folder()));
            }
        }
        return checks;
    }

    /** Flink says that this attempt came from the state that the journal chose for it. */
    private void assertRestored(CountedJob job, int attempt) throws Exception {
        Step.Start start = world.starts(job).get(attempt - 1);
        RestoreFrom.State from = (RestoreFrom.State) start.from();
        assertEquals(from.pointer().path(), world.restoredFrom(job, attempt), job::name);
    }

    private String version(CountedJob job) {
        return world.record(job).deployed().orElseThrow().spec().flink().version();
    }

    private String trigger(CountedJob job) {
        return world.steps(job).stream()
                .filter(entry -> entry.step() instanceof Step.StopWithSavepoint)
                .map(entry -> ((Step.StopWithSavepoint) entry.step()).trigger().hex())
                .findFirst()
                .orElseThrow();
    }

    private String allowance(CountedJob job) {
        return """
                  - plan: "%s"
                    job: shop/%s
                    kind: notPortable
                    reason: tried on a copy
                    expires: 2999-01-01
                """.formatted(world.notice(job).wanted().orElseThrow().plan(), job.name());
    }
}
