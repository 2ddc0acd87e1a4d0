// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StageRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the next version of a job is said while the old one runs. */
class StageIT {
    @TempDir
    Path directory;

    @Test
    void aVersionThatWouldNotStartIsRefusedBeforeAnythingIsStopped() {
        refusesOn("2.2");
    }

    @Test
    @Tag("full")
    void soItIsOnFlink120() {
        refusesOn("1.20");
    }

    private void refusesOn(String version) {
        try (LocalWorld world = new LocalWorld(directory, version)) {
            SampleJob job = world.job("turnover");
            Settling.settle(() -> world.driver().stage(Requests.stage(job)));
            Settling.settle(() -> world.driver()
                    .start(Requests.start(job, 1, new RestoreFrom.Empty("first start"))));
            world.awaitRunning(job, 1);
            world.advance(job, 1);
            StatePointer state = world.live(job, 1)
                    .flatMap(live -> live.detail().get().latestCompleted())
                    .orElseThrow();
            // By the time it is compared with, Flink has replaced this checkpoint.
            world.advance(job, 1);

            Outcome taxed = stage(
                    world,
                    job.withSql(world.turnover("turnover").sqlWithTax()),
                    Optional.of(state));
            assertEquals(Outcome.Done.class, taxed.getClass(), taxed::toString);
            String fit = ((Outcome.Done) taxed).evidence().facts().get("fit");
            assertTrue(fit.contains("has no uid"), fit);

            refused(
                    stage(world, world.incompatible(job), Optional.of(state)),
                    "the state of the job does not fit its new graph: the state of operator ");
            refused(
                    stage(world, world.incompatible(job), Optional.empty()),
                    "the state of the job does not fit its new graph: the state of operator ");
            refused(
                    stage(
                            world,
                            job.withSql(job.sql().replace("FROM", "FORM")),
                            Optional.of(state)),
                    "job.sql:27:6: ");
            refused(
                    stage(
                            world,
                            job.withSql(job.sql().replace("'filesystem'", "'kafka'")),
                            Optional.of(state)),
                    "'kafka'");
            refused(
                    stage(world, job, Optional.of(named(state))),
                    "cannot start from " + directory.toUri() + "none: there is no ");

            assertEquals(JobStatus.RUNNING, world.live(job, 1).orElseThrow().status());
        }
    }

    private StatePointer named(StatePointer state) {
        return new StatePointer(
                StatePointer.Kind.SAVEPOINT,
                directory.toUri() + "none",
                StatePointer.NOBODY,
                0,
                -1,
                Instant.EPOCH,
                state.flinkVersion());
    }

    private static Outcome stage(LocalWorld world, SampleJob job, Optional<StatePointer> state) {
        return Settling.settle(() ->
                world.driver().stage(new StageRequest(job.effective().spec(), state, 1, false)));
    }

    private static void refused(Outcome outcome, String words) {
        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, outcome, outcome::toString);
        assertTrue(failed.cause().contains(words), failed::cause);
        assertTrue(!failed.retryable(), failed::cause);
    }
}
