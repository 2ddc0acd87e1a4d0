// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A resource of the operator without any pod is a job that may start at any moment. */
class OperatedAbsenceTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final SampleJob JOB =
            new SampleJob(KEY, "1.18", "", 1, FlinkTarget.Mode.APPLICATION);
    private static final Attempt ATTEMPT = new Attempt(KEY, 1);
    private static final String STARTING =
            "{\"jobManagerDeploymentStatus\":\"MISSING\",\"reconciliationStatus\":{\"state\":\"UPGRADING\"}}";
    private static final String GONE =
            "{\"jobManagerDeploymentStatus\":\"MISSING\",\"reconciliationStatus\":{\"state\":\"DEPLOYED\"}}";
    private static final String ENDING = ",\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"";

    private CannedServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = new CannedServer();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void oneThatNobodyHasTakenYetIsPresent() {
        there("", "{}");

        assertEquals(Verdict.PRESENT, prove().verdict());
        assertEquals(List.of(), server.changes());
    }

    @Test
    void oneThatTheOperatorIsAboutToStartIsPresent() {
        there("", STARTING);

        assertEquals(Verdict.PRESENT, prove().verdict());
        assertEquals(List.of(), server.changes());
    }

    @Test
    void oneWhoseClusterIsGoneIsRemovedAndNothingIsProvenBeforeItIs() {
        there("", GONE);

        Proof before = prove();
        server.list(CannedServer.OPERATED);
        Proof after = prove();

        assertEquals(Verdict.UNKNOWN, before.verdict(), before::toString);
        assertEquals(
                List.of("DELETE " + CannedServer.OPERATED + "/" + ATTEMPT.clusterId()),
                server.changes().subList(0, 1));
        assertEquals(Verdict.ABSENT, after.verdict(), after::toString);
    }

    @Test
    void oneThatIsBeingRemovedProvesNothingYet() {
        there(ENDING, GONE);

        Proof proof = prove();

        assertEquals(Verdict.UNKNOWN, proof.verdict(), proof::toString);
        assertEquals(List.of(), server.changes());
    }

    @Test
    void whoMayNotLookForThemProvesNothing() {
        server.answer("GET " + CannedServer.OPERATED, 403, "{\"message\":\"is forbidden\"}");
        server.answer("GET /apis/flink.apache.org/v1beta1", 200, "{}");

        Proof proof = prove();

        assertEquals(Verdict.UNKNOWN, proof.verdict(), proof::toString);
        assertTrue(proof.toString().contains("rbac.yaml"), proof::toString);
    }

    @Test
    void whereNobodyKnowsTheKindThereAreNone() {
        server.answer("GET " + CannedServer.OPERATED, 403, "{\"message\":\"is forbidden\"}");

        assertEquals(Verdict.ABSENT, prove().verdict());

        server.answer("GET " + CannedServer.OPERATED, 404, "404 page not found");

        assertEquals(Verdict.ABSENT, prove().verdict());
    }

    @Test
    void anEndIsNotDoneBeforeTheResourceIsGone() {
        there("", GONE);

        Outcome removing = server.ending(folder).cancel(Requests.cancel(JOB, 1));
        server.list(CannedServer.OPERATED);
        Outcome done = server.ending(folder).cancel(Requests.cancel(JOB, 1));

        assertInstanceOf(Outcome.Waiting.class, removing);
        assertInstanceOf(Outcome.Done.class, done);
    }

    private void there(String metadata, String status) {
        server.list(CannedServer.OPERATED, CannedServer.operated(ATTEMPT, metadata, status));
    }

    private Proof prove() {
        return server.ending(folder).prove(Requests.prove(JOB, 1));
    }
}
