// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there besides deployments and pods when these are gone. */
class LeftoverAbsenceTest {
    private static final String CONFIGMAPS = "/api/v1/namespaces/flink/configmaps";
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final SampleJob JOB =
            new SampleJob(KEY, "1.20", "", 1, FlinkTarget.Mode.APPLICATION);
    private static final String ID = new Attempt(KEY, 1).clusterId();

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
    void aReplicaSetMayMakePodsForAsLongAsThereIsConfigurationForThem() {
        server.list(CONFIGMAPS, map("flink-config-" + ID));

        Proof before = prove();
        server.list(CONFIGMAPS);
        Proof after = prove();

        assertEquals(Verdict.UNKNOWN, before.verdict(), before::toString);
        assertTrue(before.toString().contains(ID), before::toString);
        assertEquals(Verdict.ABSENT, after.verdict(), after::toString);
        assertEquals(0, server.changes().size(), server.changes()::toString);
    }

    @Test
    void whatHighAvailabilityLeftOfAnAttemptThatIsGoneIsRemoved() {
        String leaders = ID + "-cluster-config-map";
        server.list(CONFIGMAPS, map(leaders));

        Proof proof = prove();

        assertEquals(Verdict.ABSENT, proof.verdict(), proof::toString);
        assertEquals(1, server.changes().size(), server.changes()::toString);
        assertEquals("DELETE " + CONFIGMAPS + "/" + leaders, server.changes().get(0));
    }

    private static String map(String name) {
        return "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\",\"uid\":\"u\",\"resourceVersion\":\"1\"}}";
    }

    private Proof prove() {
        return server.ending(folder).prove(Requests.prove(JOB, 1));
    }
}
