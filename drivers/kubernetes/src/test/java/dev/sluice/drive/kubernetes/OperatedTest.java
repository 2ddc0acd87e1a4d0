// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.JobKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a resource tells about the operator, and about people. */
class OperatedTest {
    private static final Attempt ATTEMPT =
            new Attempt(new JobKey("repo", "test", "shop", "orders"), 1);

    @Test
    void whatItRefusesIsForGoodAndWhatItStumblesOverIsNot() {
        Trouble refused = trouble(
                "{\\\"type\\\":\\\"a.b.ValidationException\\\",\\\"message\\\":\\\"no\\\"}");
        Trouble stumbled =
                trouble("{\\\"type\\\":\\\"a.b.OtherException\\\",\\\"message\\\":\\\"oh\\\"}");
        Trouble strange = trouble("not JSON");

        assertEquals(new Trouble("the Flink Kubernetes Operator says: no", true), refused);
        assertEquals(new Trouble("the Flink Kubernetes Operator says: oh", false), stumbled);
        assertEquals(new Trouble("the Flink Kubernetes Operator says: not JSON", false), strange);
    }

    @Test
    void withoutAJobManagerItSaysWhomItWaitsFor() {
        Operated untaken = operated("", "{}");
        Operated taken = operated("", "{\"reconciliationStatus\":{\"lastReconciledSpec\":\"{}\"}}");

        assertTrue(untaken.trouble(false).orElseThrow().text().contains("has not taken"));
        assertTrue(taken.trouble(false).orElseThrow().text().contains("makes the JobManager"));
        assertEquals(Optional.empty(), taken.trouble(true));
    }

    @Test
    void aSecondGenerationIsAPersons() {
        assertEquals(Optional.empty(), operated(",\"generation\":1", "{}").edited());
        assertTrue(operated(",\"generation\":2", "{}").edited().orElseThrow().contains("changed"));
        // A removal is a generation too, and Sluice's own.
        assertFalse(
                operated(",\"generation\":2,\"deletionTimestamp\":\"t\"", "{}").isEdited());
    }

    @Test
    void aDeploymentWhoseResourceIsGoneGoesAfterIt() {
        Sight orphan = new Sight(
                Optional.of(Json.read(
                        "{\"metadata\":{\"ownerReferences\":[{\"kind\":\"FlinkDeployment\"}]}}")),
                List.of());

        assertTrue(orphan.isEnding());
        assertFalse(orphan.isGone());
    }

    private static Trouble trouble(String error) {
        return operated("", "{\"error\":\"" + error + "\"}").trouble(true).orElseThrow();
    }

    private static Operated operated(String metadata, String status) {
        return new Operated(Json.read(CannedServer.operated(ATTEMPT, metadata, status)));
    }
}
