// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.yarn.ToyYarn.Recovery;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a ResourceManager that has just started does not list proves nothing. */
class RestartedManagerTest {
    private static final Instant LONG_AGO = Instant.ofEpochMilli(1000);
    private static final Duration RECENT = Duration.ofSeconds(60);
    private static final SampleJob JOB = ToyController.APPLICATION;
    private static final StartRequest FIRST =
            Requests.start(JOB, 1, new RestoreFrom.Empty("first start"));
    private static final StartRequest SECOND = Requests.start(
            JOB,
            2,
            new RestoreFrom.Empty("none"),
            new EarlierAttempts(JOB.key(), 1, Optional.empty()));

    @TempDir
    Path folder;

    private ToyYarn yarn;

    @BeforeEach
    void begin() throws Exception {
        yarn = new ToyYarn();
        controller().launching().start(FIRST);
        yarn.become("application_1_0001", "RUNNING");
        yarn.job(FIRST.id().hex(), "RUNNING");
    }

    @AfterEach
    void end() {
        yarn.close();
    }

    @Test
    void nothingIsProvenBeforeItHasRecovered() throws Exception {
        yarn.restart(LONG_AGO, Recovery.BEGUN);

        assertEquals(Verdict.UNKNOWN, verdict());
    }

    @Test
    void aListingFromBeforeItsRecoveryDoesNotCountHoweverLongThatTook() throws Exception {
        yarn.restart(LONG_AGO, Recovery.OVER_AFTER_NEXT_QUESTION);

        assertEquals(Verdict.PRESENT, verdict());
    }

    @Test
    void nothingIsStartedOrCalledGoneBeforeItHasRecovered() throws Exception {
        yarn.restart(LONG_AGO, Recovery.BEGUN);
        int before = yarn.submissions();

        assertUnknown(() -> controller().launching().start(SECOND));
        assertUnknown(() -> controller().ending().cancel(Requests.cancel(JOB, 1)));
        assertEquals(before, yarn.submissions());
    }

    @Test
    void anAttemptThatANewOneHasForgottenMayRunForAWhile() throws Exception {
        yarn.forget();
        yarn.restart(Instant.now().minus(RECENT), Recovery.OVER);

        assertEquals(Verdict.UNKNOWN, verdict());
        assertUnknown(() -> controller().launching().start(SECOND));
        assertUnknown(() -> controller().ending().cancel(Requests.cancel(JOB, 1)));

        yarn.restart(LONG_AGO, Recovery.OVER);

        assertEquals(Verdict.ABSENT, verdict());
    }

    @Test
    void aSessionClusterThatANewOneHasForgottenMayRunForAWhile() throws Exception {
        yarn.become("application_1_0001", "KILLED");
        new Reservations(new FolderFiles(folder)).put(Digest.of("s"), 1, "application_0_0007");
        yarn.restart(Instant.now().minus(RECENT), Recovery.OVER);

        assertEquals(Verdict.UNKNOWN, verdict());
    }

    @Test
    void anAttemptThatWasNeverSubmittedWaitsForNothing() throws Exception {
        yarn.become("application_1_0001", "KILLED");
        yarn.restart(Instant.now().minus(RECENT), Recovery.OVER);

        assertEquals(Verdict.ABSENT, verdict());
        Outcome outcome = controller().launching().start(SECOND);
        assertEquals(Outcome.Waiting.class, outcome.getClass(), outcome::toString);
    }

    @Test
    void anAttemptThatAppearsWhileAnIdIsGivenIsSeen() throws Exception {
        yarn.become("application_1_0001", "KILLED");
        yarn.atNextReservation(() -> yarn.become("application_1_0001", "RUNNING"));
        int before = yarn.submissions();

        assertUnknown(() -> controller().launching().start(SECOND));
        assertEquals(before, yarn.submissions());
    }

    /** The driver makes Unknown of what is thrown. */
    private static void assertUnknown(Callable<Outcome> call) throws Exception {
        try {
            Outcome outcome = call.call();
            assertEquals(Outcome.Unknown.class, outcome.getClass(), outcome::toString);
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("ResourceManager"), e::toString);
        }
    }

    private Verdict verdict() throws Exception {
        return controller().absences().prove(Requests.prove(JOB, 1)).verdict();
    }

    private ToyController controller() {
        return ToyController.of(yarn, folder);
    }
}
