// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session cluster is made once, and no attempt in it is overlooked. */
class SessionsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String FIRST = "application_1_0001";
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");
    private static final SampleJob ORDERS = job("test", "orders");

    @TempDir
    Path folder;

    private ToyYarn yarn;

    @BeforeEach
    void open() throws IOException {
        yarn = new ToyYarn();
    }

    @AfterEach
    void close() {
        yarn.close();
    }

    @Test
    void theFirstJobMakesTheSessionClusterAndTheOthersOfTheEnvironmentUseIt() throws Exception {
        Outcome first = start(ORDERS, 1);
        Outcome second = start(job("test", "carts"), 1);
        start(job("production", "orders"), 1);

        assertEquals(Outcome.Waiting.class, first.getClass(), first::toString);
        assertEquals(Outcome.Waiting.class, second.getClass(), second::toString);
        assertEquals(Set.of(FIRST, "application_1_0002"), yarn.applications());
        assertEquals(2, yarn.submissions());
    }

    @Test
    void aSessionClusterIsMadeAsItsDeclarationSays() throws Exception {
        start(ORDERS, 1);

        Map<String, String> made = yarn.last().configuration();
        assertEquals("etl", made.get("yarn.application.queue"));
        assertEquals("quick", made.get("yarn.application.node-label"));
        assertEquals("7", made.get("yarn.application.priority"));
        assertEquals("2", made.get("taskmanager.numberOfTaskSlots"));
    }

    @Test
    void oneWhoseAnswerWasLostIsFoundAgainOrSubmittedUnderTheSameId() throws Exception {
        yarn.loseAnswers(true);

        Outcome lost = start(ORDERS, 1);
        start(ORDERS, 1);
        int submissions = yarn.submissions();
        yarn.applications().clear();
        start(ORDERS, 1);

        assertEquals(Outcome.Unknown.class, lost.getClass(), lost::toString);
        assertEquals(1, submissions);
        assertEquals(Set.of(FIRST), yarn.applications());
    }

    @Test
    void oneThatHasEndedIsFollowedByOneOfANewId() throws Exception {
        start(ORDERS, 1);
        for (String ended : List.of("KILLED", "FAILED", "FINISHED")) {
            Set.copyOf(yarn.applications()).forEach(id -> yarn.become(id, ended));
            start(ORDERS, 1);
            start(ORDERS, 1);
        }

        assertEquals(
                Set.of(FIRST, "application_1_0002", "application_1_0003", "application_1_0004"),
                yarn.applications());
        assertEquals("ACCEPTED", yarn.state("application_1_0004"));
    }

    @Test
    void aJobIsAbsentWhenEverySessionClusterDeniesItTwiceOrNeverRan() throws Exception {
        start(ORDERS, 1);
        Proof waiting = prove();
        yarn.become(FIRST, "RUNNING");
        ToyController controller = ToyController.of(yarn, folder);

        Proof once = controller.absences().prove(Requests.prove(ORDERS, 2));
        Settling.until(
                PATIENCE,
                () -> controller.absences().prove(Requests.prove(ORDERS, 2)).verdict(),
                verdict -> verdict == Verdict.ABSENT);

        assertEquals(Verdict.ABSENT, waiting.verdict(), waiting::toString);
        assertEquals(Verdict.UNKNOWN, once.verdict(), once::toString);
    }

    @Test
    void anEarlierAttemptInASessionClusterIsPresent() throws Exception {
        start(ORDERS, 1);
        yarn.become(FIRST, "RUNNING");
        yarn.job(JobId.of(ORDERS.key(), 1).hex(), "RUNNING");

        assertEquals(Verdict.PRESENT, prove().verdict());
    }

    @Test
    void noAttemptIsSubmittedWhileAnEarlierOneLivesInAnySessionCluster() throws Exception {
        start(ORDERS, 1);
        yarn.become(FIRST, "RUNNING");
        SampleJob elsewhere =
                new SampleJob(ORDERS.key(), "1.20", ORDERS.sql(), 1, Placement.in("another"));
        SampleJob apart =
                new SampleJob(ORDERS.key(), "1.20", ORDERS.sql(), 1, FlinkTarget.Mode.APPLICATION);
        yarn.job(JobId.of(ORDERS.key(), 1).hex(), "RUNNING");

        for (SampleJob job : List.of(ORDERS, elsewhere, apart)) {
            Outcome outcome = start(job, 3);

            assertEquals(Outcome.Unknown.class, outcome.getClass(), outcome::toString);
        }
        assertEquals(1, yarn.submissions());
    }

    @Test
    void aSessionClusterWhoseMasterMayStillRunSomewhereProvesNothing() throws Exception {
        start(ORDERS, 1);
        yarn.tryAgain(FIRST);

        Proof proof = prove();

        assertEquals(Verdict.UNKNOWN, proof.verdict(), proof::toString);
        assertThrows(
                IOException.class,
                () -> ToyController.of(yarn, folder).ending().cancel(Requests.cancel(ORDERS, 1)));
    }

    @Test
    void aSessionClusterThatARestartedResourceManagerCallsAcceptedProvesNothing() throws Exception {
        start(ORDERS, 1);
        yarn.become(FIRST, "RUNNING");
        yarn.become(FIRST, "ACCEPTED");

        Proof proof = prove();

        assertEquals(Verdict.UNKNOWN, proof.verdict(), proof::toString);
    }

    @Test
    void aSessionClusterWhoseAddressIsNotToldProvesNothing() throws Exception {
        start(ORDERS, 1);
        yarn.become(FIRST, "RUNNING");
        yarn.hideAddresses();

        Proof proof = prove();

        assertEquals(Verdict.UNKNOWN, proof.verdict(), proof::toString);
    }

    @Test
    void aCancelledJobLeavesTheSessionClusterToTheOthers() throws Exception {
        start(ORDERS, 1);
        yarn.become(FIRST, "RUNNING");
        yarn.job(JobId.of(ORDERS.key(), 1).hex(), "CANCELED");

        Outcome outcome =
                ToyController.of(yarn, folder).ending().cancel(Requests.cancel(ORDERS, 1));

        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        assertEquals("RUNNING", yarn.state(FIRST));
    }

    private Outcome start(SampleJob job, int attempt) throws Exception {
        StartRequest request = Requests.start(job, attempt, EMPTY);
        return ToyController.of(yarn, folder).launching().start(request);
    }

    private Proof prove() {
        return ToyController.of(yarn, folder).absences().prove(Requests.prove(ORDERS, 2));
    }

    private static SampleJob job(String environment, String name) {
        return new SampleJob(
                new JobKey("repo", environment, "shop", name),
                "1.20",
                "INSERT INTO a SELECT 1",
                1,
                Placement.in("shared"));
    }
}
