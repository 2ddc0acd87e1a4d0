// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.HandClock;
import dev.sluice.drive.rest.FlinkRest;
import dev.sluice.drive.rest.RestLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** When pods prove that no TaskManager works for an earlier JobManager. */
class SessionProcessesTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final Duration HEARTBEAT = Duration.ofSeconds(50);
    private static final JsonNode WORKER = pod("taskmanager", "w", "", "");

    private final HandClock clock = new HandClock();
    private final JsonNode first = pod("jobmanager", "first", "", "");
    private final JsonNode second = pod("jobmanager", "second", "", "");
    private final SessionProcesses processes = processes();

    @Test
    void aJobManagerThatHasNoTaskManagerIsSure() {
        assertTrue(judge(first).isPresent());
    }

    @Test
    void whatCameAfterItHadNoneIsItsOwn() {
        judge(first);

        assertTrue(judge(first, WORKER).isPresent());
    }

    @Test
    void oneThatWasNeverSeenAloneIsNotSure() {
        assertEquals(Optional.empty(), judge(first, WORKER));
    }

    @Test
    void itsContainerThatWasStartedAgainIsNotSureOfTheTaskManagersOfBefore() {
        judge(first);

        assertEquals(Optional.empty(), judge(second, WORKER));
    }

    @Test
    void besideAnotherThatIsEndingNothingIsSure() {
        JsonNode ending = pod("jobmanager", "ending", "2026-01-01T00:00:00Z", "");

        assertEquals(Optional.empty(), judge(first, ending));
        assertEquals(Optional.empty(), judge(ending));
        assertEquals(Optional.empty(), judge());
    }

    @Test
    void oneThatRunsForLongerThanTaskManagersGoOnWithoutTheirsIsSure() {
        JsonNode old = pod("jobmanager", "old", "", clock.instant().toString());

        clock.pass(HEARTBEAT.plusSeconds(60));
        assertEquals(Optional.empty(), judge(old, WORKER));
        clock.pass(Duration.ofSeconds(6));
        assertTrue(judge(old, WORKER).isPresent());
    }

    private Optional<String> judge(JsonNode... pods) {
        return processes.judge(List.of(pods), HEARTBEAT);
    }

    private SessionProcesses processes() {
        KubeAccess access =
                new KubeAccess(NOWHERE, Optional.empty(), Optional.empty(), Optional.empty());
        return new SessionProcesses(
                new Namespace(new KubeApi(access, clock), "flink", clock),
                "small-1",
                new FlinkRest(NOWHERE, RestLimits.DEFAULT),
                clock);
    }

    private static JsonNode pod(String component, String container, String ends, String began) {
        String deletion = ends.isEmpty() ? "" : ",\"deletionTimestamp\":\"" + ends + "\"";
        String since = began.isEmpty() ? "2999-01-01T00:00:00Z" : began;
        return Json.read("{\"metadata\":{\"name\":\"" + container
                + "\",\"labels\":{\"component\":\""
                + component + "\"}" + deletion + "},\"status\":{\"containerStatuses\":[{\"name\":"
                + "\"flink-main-container\",\"containerID\":\"" + container
                + "\",\"state\":{\"running\":{\"startedAt\":\"" + since + "\"}}}]}}");
    }
}
