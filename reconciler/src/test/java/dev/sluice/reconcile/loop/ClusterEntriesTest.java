// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cluster entry is in force while jobs live where an older one leads. */
class ClusterEntriesTest {
    private static final String ELSEWHERE = "main: {kind: local, stateDir: elsewhere}";

    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, "orders");
        world.start();
        world.awaitStable("orders", 1);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anEntryThatLiveJobsUseIsNotRedirectedAndTheErrorNamesThem() throws Exception {
        List<HistoryEntry> before = world.steps("orders");

        redirect();

        world.await("it is told", ClusterEntriesTest::isTold);
        world.awaitLooks(3);
        assertEquals(List.of("state"), stateDirs("main"));
        assertEquals(before, world.steps("orders"));
        assertTrue(error(world.board()).orElseThrow().message().contains("shop/orders"));
    }

    @Test
    void anEntryThatLiveJobsUseIsNotRemovedAndTheyAreSeenOn() throws Exception {
        world.commit(files -> files.merge(
                JobFiles.ENVIRONMENT, "", (text, none) -> text.replaceAll("  main: .*\n", "")));

        world.await("it is told", ClusterEntriesTest::isTold);
        world.awaitLooks(3);
        assertInstanceOf(Observed.Present.class, world.job("orders").observed());
        assertInstanceOf(Phase.Stable.class, world.job("orders").record().phase());
    }

    @Test
    void theLastGoodEntryIsInForceAfterARestartToo() throws Exception {
        redirect();
        world.await("it is told", ClusterEntriesTest::isTold);

        world.restart();

        world.await("it is told again", ClusterEntriesTest::isTold);
        assertEquals(List.of("state", "state"), stateDirs("main"));
    }

    @Test
    void theNewEntryIsTakenOverWhenNoJobLivesThereAnyMore() throws Exception {
        redirect();
        world.await("it is told", ClusterEntriesTest::isTold);

        world.commit(files -> files.merge(
                JobFiles.yaml("orders"),
                "",
                (text, none) -> text.replace("state: running", "state: suspended")));

        world.await(
                "it is taken over",
                board -> isSuspended(board) && stateDirs("main").size() == 2);
        world.await("the error is gone", board -> error(board).isEmpty());
        assertEquals(List.of("state", "elsewhere"), stateDirs("main"));
    }

    @Test
    void anEntryThatNobodyUsesIsTakenOverWithoutARestart() throws Exception {
        CommitId commit = world.commit(files -> replace(
                files,
                "other: {kind: local, stateDir: state}",
                "other: {kind: local, stateDir: b}"));

        world.await("it is in force", board -> board.git().commit().equals(Optional.of(commit)));
        world.awaitLooks(2);
        assertEquals(List.of("state", "b"), stateDirs("other"));
        assertTrue(error(world.board()).isEmpty());
    }

    @Test
    void anEntryThatSaysMoreOfTheSamePlaceIsTakenOverUnderLiveJobs() throws Exception {
        world.commit(files -> replace(
                files,
                "main: {kind: local, stateDir: state}",
                "main: {kind: local, stateDir: state, maxConcurrentRestarts: 2}"));

        world.await("it is in force", board -> stateDirs("main").size() == 2);
        world.awaitLooks(2);
        assertTrue(error(world.board()).isEmpty());
        assertInstanceOf(Observed.Present.class, world.job("orders").observed());
    }

    @Test
    void jobsOfAClusterThatAPersonSaysIsGoneAreRecoveredWhereGitWantsThem() throws Exception {
        world.cluster("main").advance();
        world.cluster("main").reachable(false);
        CommitId moved = world.commit(files -> {
            files.merge(
                    JobFiles.ENVIRONMENT, "", (text, none) -> text.replaceAll("  main: .*\n", ""));
            replace(files, "cluster: main", "cluster: other");
            JobFiles.job(files, "orders", "other", "INSERT INTO a SELECT 1 FROM b;");
        });
        world.await("it is told", ClusterEntriesTest::isTold);
        world.cluster("main").reachable(true);
        world.cluster("main").fail(LoopWorld.id("orders", 1), "burnt down");

        world.commit(files ->
                files.put("environments/test/allowances.yaml", """
                apiVersion: sluice/v1
                kind: Allowances
                allowances:
                  - {commit: %s, kind: clusterGone, reason: burnt down, expires: 2999-01-01}
                """.formatted(moved.hash())));

        // The clusters of this model share no storage, so it is started there and does not get far.
        world.await(
                "it is started",
                board ->
                        board.job(JobFiles.key("orders")).orElseThrow().record().attempt() == 2);
        JobRecord record = world.job("orders").record();
        assertEquals("other", record.deployed().orElseThrow().spec().flink().cluster());
        assertInstanceOf(RestoreFrom.State.class, record.startedFrom().orElseThrow());
    }

    @Test
    void anAllowanceForAnotherCommitAllowsNoRedirectedCluster() throws Exception {
        CommitId before = world.commit(files -> files.put("note.md", "nothing of the jobs"));
        redirect();
        world.await("it is told", ClusterEntriesTest::isTold);

        CommitId allowing = world.commit(files ->
                files.put("environments/test/allowances.yaml", """
                apiVersion: sluice/v1
                kind: Allowances
                allowances:
                  - {commit: %s, kind: clusterGone, reason: another, expires: 2999-01-01}
                """.formatted(before.hash())));

        world.await("it is read", board -> board.git().commit().equals(Optional.of(allowing)));
        world.awaitLooks(2);
        assertTrue(isTold(world.board()));
        assertEquals(List.of("state"), stateDirs("main"));
    }

    @Test
    void aRowForTheCommitThatRedirectsCountsAfterLaterCommitsAndARestart() throws Exception {
        CommitId redirecting = redirect();
        world.await("it is told", ClusterEntriesTest::isTold);
        CommitId later = world.commit(files -> files.put("note.md", "nothing of the jobs"));
        world.await("it is read", board -> board.git().commit().equals(Optional.of(later)));
        world.restart();
        world.await("it is told again", ClusterEntriesTest::isTold);

        world.commit(files ->
                files.put("environments/test/allowances.yaml", """
                apiVersion: sluice/v1
                kind: Allowances
                allowances:
                  - {commit: %s, kind: clusterGone, reason: moved, expires: 2999-01-01}
                """.formatted(redirecting.hash())));

        world.await("it is taken over", board -> stateDirs("main").contains("elsewhere"));
    }

    @Test
    void oneThatStoodByTakesOverNoEntryThatItsPredecessorHeldBack() throws Exception {
        try (LoopWorld.Running second = world.another("two")) {
            CommitId first = world.board().git().commit().orElseThrow();
            LoopWorld.await(
                    "it has read",
                    second.board(),
                    board -> board.git().commit().equals(Optional.of(first)));
            world.commit(files ->
                    JobFiles.job(files, "late", "other", "INSERT INTO a SELECT 1 FROM b;"));
            world.awaitStable("late", 1);
            CommitId redirecting = world.commit(files -> replace(
                    files,
                    "other: {kind: local, stateDir: state}",
                    "other: {kind: local, stateDir: b}"));
            world.await("it is told", ClusterEntriesTest::isTold);
            LoopWorld.await(
                    "the second has read it",
                    second.board(),
                    board -> board.git().commit().equals(Optional.of(redirecting)));

            world.end();

            LoopWorld.await("the second tells it", second.board(), ClusterEntriesTest::isTold);
            assertFalse(
                    stateDirs("other").contains("b"), () -> stateDirs("other").toString());
        }
    }

    @Test
    void anEntryInForceThatCannotBeReadAnyMoreMakesNoWayForARedirectedOne() throws Exception {
        redirect();
        world.await("it is told", ClusterEntriesTest::isTold);
        world.end();
        try (Journal journal = Journal.open(world.data())) {
            String fact = journal.facts().all("cluster/").get("cluster/main");
            journal.facts().keep("cluster/main", "0".repeat(40) + fact.substring(40));
        }

        world.start();

        world.await("it is told again", ClusterEntriesTest::isTold);
        assertEquals(List.of("state"), stateDirs("main"));
    }

    /** As one that an earlier version of Sluice wrote. */
    @Test
    void aJournalThatKnowsNoEntriesIsToldByItsJobsWhereTheyLive() throws Exception {
        world.end();
        try (Journal journal = Journal.open(world.data())) {
            journal.facts().all("cluster/").keySet().forEach(journal.facts()::forget);
        }
        redirect();

        world.start();

        world.await("it is told", ClusterEntriesTest::isTold);
        world.awaitLooks(2);
        assertEquals(List.of("state", "state"), stateDirs("main"));
        assertEquals(1, world.job("orders").record().attempt());
        world.restart();
        world.await("it is told again", ClusterEntriesTest::isTold);
        assertEquals(List.of("state", "state", "state"), stateDirs("main"));
    }

    private CommitId redirect() throws Exception {
        return world.commit(
                files -> replace(files, "main: {kind: local, stateDir: state}", ELSEWHERE));
    }

    private static void replace(TreeMap<String, String> files, String old, String text) {
        files.merge(JobFiles.ENVIRONMENT, "", (found, none) -> found.replace(old, text));
    }

    private List<String> stateDirs(String cluster) {
        return world.opened().stream()
                .filter(entry -> entry.name().equals(cluster))
                .map(entry -> entry.basics().stateDir().orElse(""))
                .toList();
    }

    private static boolean isSuspended(Board board) {
        return board.job(JobFiles.key("orders"))
                .filter(job -> job.record().phase() instanceof Phase.Suspended)
                .isPresent();
    }

    private static boolean isTold(Board board) {
        return error(board).isPresent();
    }

    private static Optional<SpecError> error(Board board) {
        return board.git().findings().stream()
                .filter(finding -> finding.rule().equals("cluster-in-use"))
                .findFirst();
    }
}
