// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TroubleTest {
    @Test
    void aPodThatRunsHasNone() {
        assertEquals(Optional.empty(), of("'phase': 'Running', 'conditions': []"));
    }

    @Test
    void aPodThatStillStartsHasNone() {
        String waiting = "'containerStatuses': [{'restartCount': 0, 'state':"
                + " {'waiting': {'reason': 'ContainerCreating'}}}]";

        assertEquals(Optional.empty(), of(waiting));
    }

    @Test
    void aPodWithoutANodeWaitsForOne() {
        Trouble trouble = of("'conditions': [{'type': 'PodScheduled', 'status': 'False',"
                        + " 'message': '0/1 nodes are available: 1 Insufficient cpu.'}]")
                .get();

        assertTrue(trouble.text().contains("1 Insufficient cpu"), trouble::text);
        assertFalse(trouble.isForGood());
    }

    @Test
    void anImageThatMayNotBePulledWillNotComeByItself() {
        Trouble trouble = of("'containerStatuses': [{'restartCount': 0, 'state': {'waiting':"
                        + " {'reason': 'ErrImageNeverPull', 'message': 'image x is not present'}}}]")
                .get();

        assertTrue(trouble.text().contains("image x is not present"), trouble::text);
        assertTrue(trouble.isForGood());
    }

    @Test
    void aContainerThatWasKilledForItsMemorySaysSo() {
        Trouble trouble = of("'containerStatuses': [{'restartCount': 1, 'state': {'running': {}},"
                        + " 'lastState': {'terminated': {'exitCode': 137, 'reason': 'OOMKilled'}}}]")
                .get();

        assertTrue(trouble.text().contains("137 (OOMKilled), 1 restarts"), trouble::text);
        assertFalse(trouble.isForGood());
    }

    @Test
    void aContainerThatEndsAgainAndAgainIsGivenUp() {
        Trouble trouble = of("'containerStatuses': [{'restartCount': 3, 'state': {'waiting':"
                        + " {'reason': 'CrashLoopBackOff', 'message': 'back-off 40s'}},"
                        + " 'lastState': {'terminated': {'exitCode': 1, 'reason': 'Error'}}}]")
                .get();

        assertTrue(trouble.isForGood());
    }

    @Test
    void aContainerSaysWhatItWroteLast() {
        Trouble trouble = of("'initContainerStatuses': [{'name': 'sluice-program',"
                        + " 'restartCount': 1, 'state': {'waiting': {'reason': 'CrashLoopBackOff'}},"
                        + " 'lastState': {'terminated': {'exitCode': 6, 'reason': 'Error',"
                        + " 'message': 'cannot fetch http://x/a.jar'}}}]")
                .get();

        assertTrue(trouble.text().contains("6 (Error): cannot fetch http://x/a"), trouble::text);
        assertFalse(trouble.isForGood());
    }

    @Test
    void aProgramWithOtherBytesDoesNotBecomeTheRightOne() {
        Trouble trouble = of("'phase': 'Failed', 'initContainerStatuses': [{'name':"
                        + " 'sluice-program', 'restartCount': 0, 'state': {'terminated':"
                        + " {'exitCode': 3, 'message': 'a.jar has SHA-256 1'}}}]")
                .get();

        assertTrue(trouble.text().contains("a.jar has SHA-256 1"), trouble::text);
        assertTrue(trouble.isForGood());
    }

    @Test
    void anEvictedPodSaysWhy() {
        Trouble trouble = of("'phase': 'Failed', 'reason': 'Evicted', 'message': 'low on memory'")
                .get();

        assertTrue(trouble.text().contains("Evicted low on memory"), trouble::text);
    }

    @Test
    void aQuotaThatForbidsThePodIsToldByItsDeployment() {
        JsonNode deployment = json("{'status': {'conditions': [{'type': 'ReplicaFailure',"
                + " 'status': 'True', 'message': 'pods is forbidden: exceeded quota: q'}]}}");

        Trouble trouble = Trouble.of(deployment, List.of()).get();

        assertTrue(trouble.text().contains("exceeded quota: q"), trouble::text);
    }

    private static Optional<Trouble> of(String status) {
        JsonNode pod = json("{'metadata': {'name': 'p'}, 'status': {" + status + "}}");
        return Trouble.of(Json.object(), List.of(pod));
    }

    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'));
    }
}
