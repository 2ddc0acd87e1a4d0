// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.isolation.YarnSubmission;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In per-job mode a graph is made here and submitted once, by the same rules as a program. */
class PerJobTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FIRST = "application_1_0001";
    private static final SampleJob JOB = new SampleJob(
            new JobKey("repo", "test", "shop", "orders"),
            "1.20",
            "INSERT INTO a SELECT 1",
            1,
            new Placement(
                    FlinkTarget.Mode.PER_JOB,
                    Process.UNSET,
                    Process.UNSET,
                    new TreeMap<>(),
                    RuntimeOptions.NONE));
    private static final StartRequest START =
            Requests.start(JOB, 1, new RestoreFrom.Empty("first start"));

    @TempDir
    Path folder;

    private ToyYarn yarn;
    private ToyController controller;
    private Launching launching;

    @BeforeEach
    void open() throws IOException {
        yarn = new ToyYarn();
        controller = ToyController.of(yarn, folder);
        launching = controller.launching();
    }

    @AfterEach
    void close() {
        yarn.close();
    }

    @Test
    void theGraphIsSubmittedUnderTheIdThatWasWrittenDown() throws Exception {
        Outcome taken = submitted();

        YarnSubmission submission = yarn.last();
        assertTrue(taken.toString().contains("submitted as " + FIRST), taken::toString);
        assertEquals(FIRST, submission.application());
        assertEquals("yarn-per-job", submission.configuration().get("execution.target"));
        assertEquals(START.id().hex(), submission.configuration().get("$internal.pipeline.job-id"));
        assertTrue(submission.graph().isPresent());
        assertTrue(submission.configuration().get("yarn.tags").contains(Tags.attempt(START.id())));
        assertFalse(Files.exists(submission.graph().get()), "it is needed no more");
    }

    @Test
    void aSubmissionWhoseAnswerWasLostIsFoundAgainOrRepeatedWithTheSameGraph() throws Exception {
        yarn.loseAnswers(true);
        Outcome lost = Settling.until(
                PATIENCE, this::start, outcome -> outcome instanceof Outcome.Unknown);
        Outcome found = start();
        yarn.applications().clear();
        start();

        assertEquals(Outcome.Unknown.class, lost.getClass(), lost::toString);
        assertEquals(Outcome.Waiting.class, found.getClass(), found::toString);
        assertEquals(2, yarn.submissions());
        assertEquals(1, yarn.graphs());
        assertEquals(Set.of(FIRST), yarn.applications());
    }

    @Test
    void aProgramThatDoesNotCompileReservesAndSubmitsNothing() throws Exception {
        yarn.mistake("main() came to its end without starting a job");

        Outcome outcome =
                Settling.until(PATIENCE, this::start, told -> !(told instanceof Outcome.Waiting));

        assertFalse(((Outcome.Failed) outcome).retryable(), outcome::toString);
        assertTrue(outcome.toString().contains("without starting a job"), outcome::toString);
        assertEquals(0, yarn.submissions());
        assertFalse(Files.exists(folder.resolve("yarn")), "no application id was used up");
    }

    private Outcome submitted() {
        return Settling.until(
                PATIENCE, this::start, outcome -> outcome.toString().contains(FIRST));
    }

    private Outcome start() {
        try {
            return launching.start(START);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
