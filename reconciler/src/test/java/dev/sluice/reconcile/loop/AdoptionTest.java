// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Claim;
import dev.sluice.drive.Driver;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.plan.Hold;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.LedgerEntry;
import dev.sluice.reconcile.planning.Sluice;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that somebody started by hand, and commits that name it. */
class AdoptionTest {
    private static final SampleJob BY_HAND = new SampleJob(
            new JobKey("hand", "made", "shop", "by-hand"), "1.20", "INSERT INTO a SELECT 1", 1);
    private static final JobId ID = JobId.of(BY_HAND.key(), 1);

    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder);
        Driver hand = new InMemoryDriver(
                "main", List.of("1.20"), world.cluster("main"), Clock.systemUTC());
        hand.start(Requests.start(BY_HAND, 1, new RestoreFrom.Empty("by hand")));
        world.cluster("main").advance();
        world.start();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aJobIsAdoptedAsItRunsAndItsNextChangeGoesOnFromItsState() throws Exception {
        world.commit(files -> adopt(files, "orders"));
        world.awaitStable("orders", 0);

        assertEquals(List.of(), world.steps("orders"));
        assertTrue(world.ledger("orders").stream()
                .map(LedgerEntry::pointer)
                .anyMatch(pointer -> pointer.job().equals(ID) && pointer.attempt() == 0));
        world.restart();
        world.awaitLooks(3);
        assertTrue(LoopWorld.is("orders", Phase.Stable.class, 0).test(world.board()));
        assertEquals(List.of(), world.board().clusters().get("main").unmanaged());

        world.commit(
                files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 2 FROM b;\n"));
        world.awaitStable("orders", 1);

        List<Step> steps =
                world.steps("orders").stream().map(entry -> entry.step()).toList();
        assertTrue(steps.stream().anyMatch(Step.StopWithSavepoint.class::isInstance));
        assertTrue(steps.stream().noneMatch(Step.Cancel.class::isInstance));
        assertEquals(
                world.cluster("main").progress(ID),
                world.cluster("main").progress(LoopWorld.id("orders", 1)));
    }

    @Test
    void howAnAdoptedJobRunsOtherwiseThanItsSpecSaysIsInThePlan() throws Exception {
        world.commit(files -> {
            adopt(files, "orders");
            files.merge(JobFiles.yaml("orders"), "resources: {parallelism: 2}\n", String::concat);
        });
        world.awaitStable("orders", 0);
        world.awaitLooks(2);

        // A plan is compared with what was last stored of the clusters.
        String plan = Settling.until(
                Duration.ofMinutes(1),
                this::plan,
                told -> told.contains("shop/orders: hold (NOOP)"));

        assertTrue(plan.contains("runs with parallelism 1, the spec says 2"), plan);
    }

    @Test
    void anAdoptedJobThatRunsAsFarAsCanBeSeenAsItsSpecSaysIsUnchanged() throws Exception {
        world.commit(files -> adopt(files, "orders"));
        world.awaitStable("orders", 0);
        world.awaitLooks(2);

        assertTrue(plan().contains("1 unchanged"), this::plan);
    }

    private String plan() {
        Sluice ran = Sluice.run(
                "plan",
                "-C",
                world.repository().directory(),
                "-e",
                "test",
                "--head",
                JobRepository.BRANCH,
                "--config",
                config());
        assertEquals(0, ran.code(), ran::err);
        return ran.out();
    }

    private Path config() {
        try {
            return Files.writeString(
                    folder.resolve("controller.yaml"),
                    "repository: " + world.repository().url() + "\nenvironment: test\nbranch: "
                            + JobRepository.BRANCH + "\ndataDirectory: data\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void twoSpecsThatNameTheSameJobAreBothHeldUntilOneGivesIn() throws Exception {
        world.commit(files -> {
            adopt(files, "orders");
            adopt(files, "clicks");
        });
        world.await("both are held", board -> isHeld(board, "orders") && isHeld(board, "clicks"));
        world.awaitLooks(2);
        assertEquals(Optional.empty(), world.job("orders").record().currentId());

        world.commit(files -> JobFiles.job(files, "clicks", "INSERT INTO a SELECT 1 FROM b;"));

        world.awaitStable("orders", 0);
    }

    @Test
    void anAttemptOfAnotherSpecIsNotAdopted() throws Exception {
        world.commit(files -> JobFiles.job(files, "mine", "INSERT INTO a SELECT 1 FROM b;"));
        world.awaitStable("mine", 1);

        world.commit(files -> adopt(files, "orders", LoopWorld.id("mine", 1)));

        world.await("it is held", board -> isHeld(board, "orders"));
    }

    @Test
    void aJobThatAnotherControllerAdoptedIsNotAdoptedAgain() throws Exception {
        OwnerMark other =
                new OwnerMark("else", "prod", "another", "alpha:/var/lib/other", Instant.EPOCH);
        assertTrue(world.cluster("main").claim(other, ID) instanceof Claim.Held);

        world.commit(files -> adopt(files, "orders"));

        world.await("it is held", board -> isHeld(board, "orders"));
        assertTrue(hold("orders").orElseThrow().text().contains("alpha:/var/lib/other"));
    }

    @Test
    void aJobThatNoCommitNamesIsNotTouchedHoweverItIsCalled() throws Exception {
        world.commit(files -> JobFiles.job(files, "by-hand", "INSERT INTO a SELECT 1 FROM b;"));

        world.await(
                "it is held",
                board -> board.job(JobFiles.key("by-hand")).stream()
                        .flatMap(job -> job.holds().stream())
                        .anyMatch(hold -> hold.reason() == Reason.UnmanagedSameName));
    }

    private static void adopt(TreeMap<String, String> files, String job) {
        adopt(files, job, ID);
    }

    private static void adopt(TreeMap<String, String> files, String job, JobId id) {
        JobFiles.job(files, job, "INSERT INTO a SELECT 1 FROM b;");
        files.merge(
                JobFiles.yaml(job),
                "environments: {test: {adopt: {jobId: \"" + id.hex() + "\"}}}\n",
                String::concat);
    }

    private boolean isHeld(Board board, String job) {
        return hold(board, job).isPresent();
    }

    private Optional<Hold> hold(String job) {
        return hold(world.board(), job);
    }

    private static Optional<Hold> hold(Board board, String job) {
        return board.job(JobFiles.key(job)).stream()
                .flatMap(notice -> notice.holds().stream())
                .filter(hold -> hold.reason() == Reason.OwnedByOther)
                .findFirst();
    }
}
