// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A YARN and an HDFS that answer nobody without a ticket, over RPC and HTTP. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class YarnKerberosIT {
    private static final RestoreFrom FIRST = new RestoreFrom.Empty("first start");

    private YarnWorld world;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        world = YarnWorld.secured(directory, "1.20");
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void whoHasNoTicketIsToldNothing() throws Exception {
        URI manager = world.hadoop().resourceManager();

        Http.Answer answer = new Http(List.of(manager))
                .ask("GET", "/ws/v1/cluster/apps?user.name=root", Duration.ofSeconds(10));

        assertEquals(401, answer.status());
    }

    @Test
    void questionsOverHttpAreAnswered() throws Exception {
        world.put("files/rules.json", "{}");

        StateFiles state = world.driver().state();
        byte[] read = state.head("files/rules.json", 100).orElseThrow().bytes();
        ClusterObservation seen = world.driver().observe(Map.of());

        assertEquals("{}", new String(read, StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), seen.unreachable());
    }

    @Test
    void aJobRunsStopsWithASavepointAndGoesOnFromIt() {
        SampleJob job = world.job("orders");
        start(job, 1, FIRST);
        world.advance(job, 1);

        Outcome stopped =
                Settling.settle(() -> world.driver().stopWithSavepoint(Requests.stop(job, 1, 1)));
        StatePointer savepoint = ((Outcome.Done) stopped).evidence().pointer().orElseThrow();
        Verdict verdict = world.driver().proveAbsent(Requests.prove(job, 1)).verdict();
        start(job, 2, new RestoreFrom.State(savepoint));
        world.advance(job, 2);
        boolean isSeen = world.driver().observe(Map.of()).unreachable().isEmpty();
        Settling.settle(() -> world.driver().cancel(Requests.cancel(job, 2)));

        assertEquals(StatePointer.Kind.SAVEPOINT, savepoint.kind());
        assertEquals(Verdict.ABSENT, verdict);
        assertTrue(isSeen);
    }

    private void start(SampleJob job, int attempt, RestoreFrom from) {
        Outcome outcome =
                Settling.settle(() -> world.driver().start(Requests.start(job, attempt, from)));
        assertEquals(Outcome.Done.class, outcome.getClass(), outcome::toString);
    }
}
