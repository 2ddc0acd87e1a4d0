// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.contract.HandClock;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Proof.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    private static final JobId JOB = new JobId("a".repeat(32));
    private static final JobId OTHER = new JobId("b".repeat(32));

    private final FakeFlink flink = new FakeFlink();
    private final HandClock clock = new HandClock();
    private Optional<String> orphansExcluded = Optional.of("no older process");
    private final Absence absence = new Absence(
            new FlinkRest(flink.address(), RestLimits.DEFAULT), () -> orphansExcluded, clock);

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void oneDenialIsNoProofAndASecondOneLaterIs() {
        deny(JOB);

        Verdict first = prove(JOB);
        Verdict atOnce = prove(JOB);
        clock.pass(2);
        Verdict later = prove(JOB);

        assertEquals(
                List.of(Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.ABSENT),
                List.of(first, atOnce, later));
    }

    @Test
    void denialsCountForNothingWhileAnOlderProcessMayRunTheJob() {
        deny(JOB);
        orphansExcluded = Optional.empty();

        prove(JOB);
        clock.pass(3600);

        assertEquals(Verdict.UNKNOWN, prove(JOB));
    }

    @Test
    void aJobSeenBetweenTwoDenialsStartsTheProofAnew() {
        deny(JOB);
        prove(JOB);
        status(JOB, "RUNNING");
        Verdict seen = prove(JOB);
        deny(JOB);
        clock.pass(2);

        assertEquals(Verdict.PRESENT, seen);
        assertEquals(Verdict.UNKNOWN, prove(JOB));
    }

    @Test
    void twoDenialsAreAProofWhenTheLongestPauseLiesBetweenThem() {
        deny(JOB);
        prove(JOB);

        clock.pass(65);

        assertEquals(Verdict.ABSENT, prove(JOB));
    }

    @Test
    void aDenialOfLongAgoIsNoneOfTheTwo() {
        deny(JOB);
        prove(JOB);
        clock.pass(3600);

        Verdict first = prove(JOB);
        clock.pass(2);

        assertEquals(List.of(Verdict.UNKNOWN, Verdict.ABSENT), List.of(first, prove(JOB)));
    }

    @Test
    void denialsOfTwoJobManagersAreNoProof() {
        deny(JOB);
        prove(JOB);
        clock.pass(2);
        orphansExcluded = Optional.of("another JobManager, old enough too");

        Verdict other = prove(JOB);
        clock.pass(2);

        assertEquals(List.of(Verdict.UNKNOWN, Verdict.ABSENT), List.of(other, prove(JOB)));
    }

    @Test
    void aDenialBeforeASubmissionIsNoneOfTheTwo() {
        deny(JOB);
        prove(JOB);
        clock.pass(2);

        absence.submitting(JOB);

        assertEquals(Verdict.UNKNOWN, prove(JOB));
    }

    @Test
    void oneLiveAttemptAmongEndedOnesIsPresence() {
        status(JOB, "FINISHED");
        status(OTHER, "RESTARTING");

        assertEquals(Verdict.PRESENT, prove(JOB, OTHER));
    }

    @Test
    void anAnswerThatIsNoneIsUnknown() {
        status(JOB, "FINISHED");
        flink.on("GET /jobs/" + OTHER + "/status", 503, "{\"errors\":[\"leader election\"]}");

        assertEquals(Verdict.UNKNOWN, prove(JOB, OTHER));
    }

    private Verdict prove(JobId... jobs) {
        return absence.prove(List.of(jobs)).verdict();
    }

    private void status(JobId job, String status) {
        flink.on("GET /jobs/" + job + "/status", 200, "{\"status\":\"" + status + "\"}");
    }

    private void deny(JobId job) {
        String error = "NotFoundException: Job " + job + " not found";
        flink.on("GET /jobs/" + job + "/status", 404, "{\"errors\":[\"" + error + "\"]}");
    }
}
