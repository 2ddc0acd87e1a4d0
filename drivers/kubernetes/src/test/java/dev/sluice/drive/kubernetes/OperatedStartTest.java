// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts by a resource of the operator, as an API server answers to them. */
class OperatedStartTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final SampleJob JOB =
            new SampleJob(KEY, "1.18", "", 1, FlinkTarget.Mode.APPLICATION);
    private static final Attempt ATTEMPT = new Attempt(KEY, 1);
    private static final String NAMED = "GET " + CannedServer.OPERATED + "/" + ATTEMPT.clusterId();
    private static final String CREATED = "POST " + CannedServer.OPERATED;

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
    void nothingButTheResourceIsCreated() {
        Outcome outcome = start();

        assertInstanceOf(Outcome.Waiting.class, outcome);
        assertEquals(List.of(CREATED), server.changes());
    }

    @Test
    void oneThatIsAnothersIsNeitherTakenNorTouched() {
        server.answer(
                NAMED,
                200,
                "{\"kind\":\"FlinkDeployment\",\"metadata\":{\"name\":\"x\",\"labels\":{}}}");

        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, start());

        assertFalse(failed.retryable());
        assertTrue(
                failed.cause().contains("FlinkDeployment " + ATTEMPT.clusterId()), failed::cause);
        assertEquals(List.of(), server.changes());
    }

    @Test
    void itsOwnIsAdoptedAndNothingIsCreatedBesideIt() {
        String own = CannedServer.operated(ATTEMPT, "", "{}");
        server.answer(NAMED, 200, own);
        server.list(CannedServer.OPERATED, own);

        Outcome outcome = start();

        assertTrue(outcome.toString().contains("has not taken"), outcome::toString);
        assertEquals(List.of(), server.changes());
    }

    @Test
    void nothingIsStartedBesideTheResourceOfAnotherAttempt() {
        server.list(CannedServer.OPERATED, CannedServer.operated(new Attempt(KEY, 2), "", "{}"));

        assertInstanceOf(Outcome.Unknown.class, start());

        assertEquals(List.of(), server.changes());
    }

    @Test
    void oneWhoseClusterIsGoneIsRemovedAndNotStartedAgain() {
        String gone = CannedServer.operated(
                ATTEMPT,
                "",
                "{\"jobManagerDeploymentStatus\":\"MISSING\",\"reconciliationStatus\":{\"state\":\"DEPLOYED\"}}");
        server.answer(NAMED, 200, gone);
        server.list(CannedServer.OPERATED, gone);

        assertInstanceOf(Outcome.Waiting.class, start());

        assertEquals(
                List.of("DELETE " + CannedServer.OPERATED + "/" + ATTEMPT.clusterId()),
                server.changes());
    }

    @Test
    void whatTheOperatorRefusesEndsTheStartAndItsResource() {
        String refused = CannedServer.operated(
                ATTEMPT,
                "",
                "{\"error\":\"{\\\"type\\\":\\\"a.ValidationException\\\",\\\"message\\\":\\\"bad name\\\"}\"}");
        server.answer(NAMED, 200, refused);
        server.list(CannedServer.OPERATED, refused);

        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, start());

        assertFalse(failed.retryable());
        assertTrue(failed.cause().contains("bad name"), failed::cause);
        assertEquals(1, server.changes().size());
    }

    @Test
    void whatTheOperatorsFoldersSayOfItsEndIsBelieved() throws IOException {
        Path results = folder.resolve("ha/job-result-store")
                .resolve(ATTEMPT.clusterId())
                .resolve("0c7c5a26-9a4c-4d3c-8a0f-5f6f7e0d6a11");
        Files.createDirectories(results);
        Files.writeString(
                results.resolve(ATTEMPT.id().hex() + ".json"),
                "{\"result\":{\"application-status\":\"FAILED\",\"failure-cause\":"
                        + "{\"stack-trace\":\"a.B: outer\\nCaused by: a.C: inner\"}}}");

        Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, start());

        assertEquals("inner", failed.cause());
        assertEquals(ATTEMPT.id().hex(), failed.evidence().facts().get("burnt"));
        assertEquals(List.of(), server.changes());
    }

    @Test
    void whereNobodyKnowsTheKindThatIsSaidBeforeAnythingIsStopped() {
        server.answer(CREATED, 404, "404 page not found");

        Outcome.Failed unknown = assertInstanceOf(Outcome.Failed.class, rehearse());
        server.answer(CREATED, 403, "{\"message\":\"is forbidden\"}");
        Outcome.Failed denied = assertInstanceOf(Outcome.Failed.class, rehearse());

        assertFalse(unknown.retryable());
        assertTrue(
                unknown.cause().contains("install the Flink Kubernetes Operator"), unknown::cause);
        assertTrue(denied.cause().contains("rbac-operator.yaml"), denied::cause);
    }

    private Outcome start() {
        return launching()
                .look(Requests.start(JOB, 1, new RestoreFrom.Empty("first start")), objects());
    }

    private Outcome rehearse() {
        return launching().rehearse(objects(), Evidence.NONE);
    }

    private static Launching.Objects objects() {
        return new OperatorObjects(
                () -> new NativeCluster("{}", List.of("{\"kind\":\"Service\"}")),
                made -> Json.read("{\"kind\":\"FlinkDeployment\"}"));
    }

    private Launching launching() {
        Applications applications = server.applications(folder);
        FileStateStorage storage = new FileStateStorage(new FolderFiles(folder));
        Clock clock = Clock.systemUTC();
        Sessions sessions = new Sessions(applications.namespace(), storage, clock);
        return new Launching(applications, sessions, storage, clock);
    }
}
