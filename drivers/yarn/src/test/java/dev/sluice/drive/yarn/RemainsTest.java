// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What YARN calls final may still write where a node is gone. */
class RemainsTest {
    private static final String APPLICATION = "application_1_0001";
    private static final String EXITED =
            "failed 1 times due to AM Container for appattempt_1_0001_000001 exited with exitCode: ";
    private static final Duration RECENT = Duration.ofSeconds(30);
    private static final Duration LATER = Duration.ofSeconds(90);
    private static final SampleJob JOB = ToyController.APPLICATION;
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
        controller()
                .launching()
                .start(Requests.start(JOB, 1, new RestoreFrom.Empty("first start")));
        yarn.become(APPLICATION, "RUNNING");
    }

    @AfterEach
    void end() {
        yarn.close();
    }

    @Test
    void anApplicationThatLostItsNodeMayRunUntilItsHeartbeatsAreMissed() throws Exception {
        ended("FAILED", EXITED + "-100", RECENT);

        assertEquals(Verdict.UNKNOWN, verdict());
        IOException failure =
                assertThrows(IOException.class, () -> controller().launching().start(SECOND));
        assertTrue(failure.getMessage().contains("may go on until"), failure::toString);

        ended("FAILED", EXITED + "-100", LATER);

        assertEquals(Verdict.ABSENT, verdict());
    }

    @Test
    void aSecondMasterThatEndedSaysNothingOfTheFirst() throws Exception {
        ended("FAILED", EXITED.replace("000001", "000002") + "71", RECENT);

        assertEquals(Verdict.UNKNOWN, verdict());
    }

    @Test
    void aMasterThatEndedOnALivingNodeIsWaitedForIfAnyNodeIsGone() throws Exception {
        for (String state : new String[] {"FAILED", "KILLED"}) {
            ended(state, EXITED + "137", RECENT);
            yarn.node("RUNNING");
            assertEquals(Verdict.ABSENT, verdict(), state);

            yarn.node("LOST");
            assertEquals(Verdict.UNKNOWN, verdict(), state);
        }
    }

    @Test
    void aResourceManagerThatStartedSinceKnowsNoLostNode() throws Exception {
        ended("FAILED", EXITED + "137", RECENT);
        yarn.restart(Instant.now(), ToyYarn.Recovery.OVER);

        assertEquals(Verdict.UNKNOWN, verdict());
    }

    @Test
    void aLongerHeartbeatOfTheJobIsWaitedFor() throws Exception {
        TreeMap<String, String> keys = new TreeMap<>(Map.of(
                "heartbeat.timeout", "3 min", "yarn.tags", "1,2,3,4,5,6,7,8,sluice-commit:9,10"));

        assertEquals("1,2,3,4,5,6,7,8,10,sluice-heartbeat:180000", Heartbeats.tagged(keys));
        yarn.tag(APPLICATION, "sluice-heartbeat:180000");
        ended("FAILED", EXITED + "-100", LATER);

        assertEquals(Verdict.UNKNOWN, verdict());
    }

    private void ended(String state, String diagnostics, Duration ago) {
        yarn.end(APPLICATION, state, diagnostics, Instant.now().minus(ago));
    }

    private Verdict verdict() throws Exception {
        return controller().absences().prove(Requests.prove(JOB, 1)).verdict();
    }

    private ToyController controller() {
        return ToyController.of(yarn, folder);
    }
}
