// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No attempt runs twice and no two attempts run at once, whatever is lost on the way. */
class DuplicatesTest {
    private static final String FIRST = "application_1_0001";
    private static final SampleJob JOB = ToyController.APPLICATION;
    private static final StartRequest START =
            Requests.start(JOB, 1, new RestoreFrom.Empty("first start"));

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
    void aSubmissionWhoseAnswerWasLostIsFoundAgainAndNotRepeated() throws Exception {
        yarn.loseAnswers(true);

        Outcome lost = controller().start(START);
        Outcome found = controller().start(START);

        assertEquals(Outcome.Unknown.class, lost.getClass(), lost::toString);
        assertEquals(Outcome.Waiting.class, found.getClass(), found::toString);
        assertEquals(1, yarn.submissions());
    }

    @Test
    void aSubmissionThatYarnHasNotSeenYetIsRepeatedUnderTheSameId() throws Exception {
        yarn.loseAnswers(true);
        controller().start(START);
        yarn.applications().clear();

        controller().start(START);

        assertEquals(2, yarn.submissions());
        assertEquals(Set.of(FIRST), yarn.applications());
    }

    @Test
    void twoControllersSubmitOneAttemptUnderOneId() throws Exception {
        Reservations here = new Reservations(new FolderFiles(folder));
        Reservations there = new Reservations(new FolderFiles(folder));

        String first = here.put(START.id(), "application_1_0001");
        String second = there.put(START.id(), "application_1_0002");

        assertEquals(first, second);
    }

    @Test
    void anApplicationAcceptedLateIsAdopted() throws Exception {
        yarn.loseAnswers(true);
        controller().start(START);
        yarn.become(FIRST, "RUNNING");
        yarn.job(START.id().hex(), "RUNNING");

        Outcome outcome = controller().start(START);

        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
        assertEquals(1, yarn.submissions());
    }

    @Test
    void aFullQueueIsSaidWhileTheApplicationWaits() throws Exception {
        controller().start(START);

        Outcome outcome = controller().start(START);

        assertTrue(((Outcome.Waiting) outcome).what().contains("queue is full"), outcome::toString);
    }

    @Test
    void whatYarnHasNoRoomForIsRefusedForGoodUnlessItHasNoNodeAtAll() throws Exception {
        for (int cores : List.of(0, 8)) {
            yarn.refuse("The number of requested virtual cores for application master 20 exceeds"
                    + " the maximum number of virtual cores " + cores
                    + " available in the Yarn Cluster.");

            Outcome outcome = controller().start(START);

            assertEquals(cores == 0, ((Outcome.Failed) outcome).retryable(), outcome::toString);
        }
    }

    @Test
    void noAttemptStartsBesideAnotherInAnyStateThatIsNotFinal() throws Exception {
        for (String state : List.of("NEW", "NEW_SAVING", "SUBMITTED", "ACCEPTED", "RUNNING")) {
            yarn.put("application_1_9999", state, tags(JobId.of(JOB.key(), 7)));
            yarn.job(JobId.of(JOB.key(), 7).hex(), "RUNNING");

            Outcome outcome = controller().start(START);

            assertEquals(Outcome.Unknown.class, outcome.getClass(), state);
            assertEquals(Set.of("application_1_9999"), yarn.applications(), state);
        }
        assertEquals(0, yarn.submissions());
    }

    @Test
    void noHeirStartsBesideAnApplicationOfItsFormerSelf() throws Exception {
        JobKey former = new JobKey("repo", "test", "team", "formerly");
        JobId old = JobId.of(former, 2);
        yarn.put(
                "application_1_9999",
                "RUNNING",
                String.join(",", Tags.PRODUCT, Tags.job(former), Tags.attempt(old)));
        yarn.job(old.hex(), "RUNNING");
        StartRequest heir = Requests.start(
                JOB,
                3,
                new RestoreFrom.Empty("none"),
                new EarlierAttempts(former, 2, Optional.empty()));

        Outcome outcome = controller().start(heir);

        assertEquals(Outcome.Unknown.class, outcome.getClass(), outcome::toString);
        assertEquals(0, yarn.submissions());
    }

    @Test
    void anApplicationOfTheSameNameIsNobodysAttempt() throws Exception {
        yarn.put("application_1_9999", "RUNNING", "sluice,team-a");

        Outcome outcome = controller().start(START);

        assertEquals(Outcome.Waiting.class, outcome.getClass(), outcome::toString);
        assertEquals("RUNNING", yarn.state("application_1_9999"));
    }

    @Test
    void aMasterWhoseJobHasEndedMakesWay() throws Exception {
        JobId old = JobId.of(JOB.key(), 7);
        yarn.put("application_1_9999", "RUNNING", tags(old));
        yarn.job(old.hex(), "FAILED");

        Outcome outcome = controller().start(START);

        assertEquals(Outcome.Waiting.class, outcome.getClass(), outcome::toString);
        assertEquals(0, yarn.submissions());
    }

    @Test
    void aResourceManagerThatIsAwayMakesNothingKnown() throws Exception {
        yarn.beAway(true);

        Proof proof = absences().prove(Requests.prove(JOB, 1));

        assertEquals(Proof.Verdict.UNKNOWN, proof.verdict());
        assertEquals(0, yarn.submissions());
    }

    @Test
    void absenceIsProvenWhenEveryApplicationIsFinal() throws Exception {
        yarn.put("application_1_0007", "ACCEPTED", tags(START.id()));
        Proof waiting = absences().prove(Requests.prove(JOB, 1));
        yarn.become("application_1_0007", "KILLED");

        Proof ended = absences().prove(Requests.prove(JOB, 1));

        assertEquals(Proof.Verdict.PRESENT, waiting.verdict());
        assertEquals(Proof.Verdict.ABSENT, ended.verdict());
    }

    @Test
    void oneQuestionShowsAnyNumberOfApplications() throws Exception {
        for (int jobs : List.of(1, 300)) {
            for (int number = 1; number <= jobs; number++) {
                JobId id = JobId.of(JOB.key(), number);
                yarn.put("application_1_" + number, "RUNNING", tags(id));
                yarn.job(id.hex(), "RUNNING");
            }
            int before = yarn.questions();
            int connections = yarn.connections();

            List<LiveJob> seen = watch();

            assertEquals(jobs, seen.size());
            assertEquals(1, yarn.questions() - before);
            assertTrue(yarn.connections() - connections <= 1, "one connection");
        }
    }

    @Test
    void whatYarnSaysOfAnApplicationIsWhatBecameOfItsJob() throws Exception {
        Map<String, JobStatus> meanings = Map.of(
                "NEW", JobStatus.INITIALIZING,
                "ACCEPTED", JobStatus.INITIALIZING,
                "FAILED", JobStatus.FAILED,
                "KILLED", JobStatus.CANCELED,
                "FINISHED", JobStatus.CANCELED);
        yarn.put("application_1_0007", "NEW", tags(START.id()));
        for (String state : meanings.keySet()) {
            yarn.become("application_1_0007", state);

            LiveJob seen = watch().get(0);

            assertEquals(meanings.get(state), seen.status(), state);
            assertTrue(seen.detail().get().rootCause().get().contains(state), seen::toString);
        }
    }

    private List<LiveJob> watch() throws IOException {
        ToyController toy = ToyController.of(yarn, folder);
        Leftovers leftovers = new Leftovers(yarn, toy.ready(), toy.clock());
        MasterLogs logs = new MasterLogs(folder);
        try (Watching watching =
                new Watching(toy.manager(), toy.jobManagers(), leftovers, logs, toy.clock())) {
            return watching.look(Map.of()).jobs();
        }
    }

    private static String tags(JobId id) {
        return String.join(
                ",", Tags.PRODUCT, Tags.job(JOB.key()), Tags.attempt(id), Tags.version("1.20"));
    }

    /** One that has forgotten everything. */
    private Launching controller() {
        return ToyController.of(yarn, folder).launching();
    }

    private Absences absences() {
        return ToyController.of(yarn, folder).absences();
    }
}
