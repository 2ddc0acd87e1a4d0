// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObservingTest {
    private static final JobId SLOW = JobId.of(new JobKey("repo", "test", "team", "slow"), 1);
    private static final JobId WELL = JobId.of(new JobKey("repo", "test", "team", "well"), 1);

    private final FakeFlink flink = new FakeFlink();
    private final Observing observing =
            new Observing(new FlinkRest(flink.address(), RestLimits.DEFAULT), "1.20");

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void aJobOfWhichFlinkTellsNothingYetHidesNoOther() throws RestFailure {
        overview();
        flink.on("GET /jobs/" + SLOW, 500, """
                {"errors":["Internal server error.","UnavailableDispatcherOperationException: Unable\
                 to get JobMasterGateway for initializing job."]}""");
        well(WELL);

        List<LiveJob> jobs = observing.observe(Map.of(SLOW, 1, WELL, 1));

        assertEquals(2, jobs.size());
        assertEquals(JobStatus.INITIALIZING, jobs.get(0).status());
        assertEquals(true, jobs.get(0).detail().isEmpty());
        assertEquals(4, jobs.get(1).detail().get().completedCheckpoints());
    }

    @Test
    void detailsThatAreNoJsonAreNoLook() {
        overview();
        flink.on("GET /jobs/" + SLOW, 200, "<html>log in</html>");

        assertThrows(RestFailure.class, () -> observing.observe(Map.of(SLOW, 1)));
    }

    /** Two of a hundred jobs have their turn: one request for all, three for each of the two. */
    @Test
    void tenLooksAtAHundredJobsAreSeventyRequests() throws RestFailure {
        List<JobId> ids = IntStream.range(0, 100)
                .mapToObj(job -> JobId.of(new JobKey("repo", "test", "team", "job" + job), 1))
                .toList();
        flink.on(
                "GET /jobs/overview",
                200,
                ids.stream()
                        .map("""
                {"jid":"%s","name":"job","state":"RUNNING","start-time":1}"""::formatted)
                        .collect(Collectors.joining(",", "{\"jobs\":[", "]}")));
        for (JobId id : ids) {
            well(id);
        }

        for (int look = 0; look < 10; look++) {
            Map<JobId, Integer> turns = Map.of(ids.get(2 * look), 1, ids.get(2 * look + 1), 1);
            assertEquals(100, observing.observe(turns).size());
        }

        assertEquals(70, flink.calls());
    }

    @Test
    void aSavepointThatHangsNamesTheVerticesThatHaveNotAcknowledgedIt() throws RestFailure {
        overview();
        stopping("""
                {"id":9,"is_savepoint":false,"status":"IN_PROGRESS"},
                {"id":8,"is_savepoint":true,"status":"IN_PROGRESS"}""", "null");
        flink.on("GET /jobs/" + WELL + "/checkpoints/details/8", 200, """
                {"id":8,"tasks":{"a":{"num_subtasks":4,"num_acknowledged_subtasks":1},
                                 "b":{"num_subtasks":2,"num_acknowledged_subtasks":2}}}""");

        JobDetail detail = look();

        assertEquals(List.of("Source: orders (1 of 4 tasks acknowledged it)"), detail.waitsFor());
    }

    @Test
    void aStopThatHangsAfterItsSavepointNamesTheVerticesThatHaveNotFinished() throws RestFailure {
        overview();
        stopping("", """
                {"id":8,"is_savepoint":true,"external_path":"file:/s","latest_ack_timestamp":9}""");

        JobDetail detail = look();

        assertEquals(List.of("Source: orders (RUNNING)"), detail.waitsFor());
    }

    @Test
    void aSavepointThatIsOverWhenItsVerticesAreAskedForNamesNone() throws RestFailure {
        overview();
        stopping("""
                {"id":8,"is_savepoint":true,"status":"IN_PROGRESS"}""", "null");
        flink.on("GET /jobs/" + WELL + "/checkpoints/details/8", 404, """
                {"errors":["Could not find checkpointing statistics for checkpoint 8."]}""");

        assertEquals(List.of(), look().waitsFor());
    }

    private JobDetail look() throws RestFailure {
        return observing.observe(Map.of(WELL, 1)).get(1).detail().orElseThrow();
    }

    private void stopping(String history, String savepoint) {
        flink.on("GET /jobs/" + WELL, 200, """
                {"state":"RUNNING","timestamps":{"RUNNING":5},
                 "vertices":[
                  {"id":"a","name":"Source: orders","parallelism":4,"status":"RUNNING"},
                  {"id":"b","name":"Sink: bills","parallelism":2,"status":"FINISHED"}]}""");
        flink.on("GET /jobs/" + WELL + "/checkpoints", 200, """
                {"counts":{"completed":4,"failed":0},"history":[%s],
                 "latest":{"restored":null,"savepoint":%s}}""".formatted(history, savepoint));
        flink.on("GET /jobs/" + WELL + "/metrics", 200, "[]");
    }

    @Test
    void howFarCheckpointsAreApartIsAskedUntilOneHasCompleted() throws RestFailure {
        overview();
        well(WELL);
        String config = "GET /jobs/" + WELL + "/checkpoints/config";
        flink.on(config, 200, "{\"interval\":30000,\"mode\":\"exactly_once\"}");
        assertEquals(Optional.empty(), interval());

        flink.on("GET /jobs/" + WELL + "/checkpoints", 200, """
                {"counts":{"completed":0,"failed":0},"latest":{"restored":null}}""");
        assertEquals(Optional.of(Duration.ofSeconds(30)), interval());

        flink.on(config, 200, "{\"interval\":" + Long.MAX_VALUE + "}");
        assertEquals(Optional.empty(), interval());
    }

    private Optional<Duration> interval() throws RestFailure {
        return observing.observe(Map.of(WELL, 1)).stream()
                .map(LiveJob::detail)
                .flatMap(Optional::stream)
                .findFirst()
                .flatMap(JobDetail::checkpointInterval);
    }

    private void well(JobId id) {
        flink.on("GET /jobs/" + id, 200, """
                {"state":"RUNNING","timestamps":{"RUNNING":5},
                 "vertices":[{"parallelism":2,"status":"RUNNING"}]}""");
        flink.on("GET /jobs/" + id + "/checkpoints", 200, """
                {"counts":{"completed":4,"failed":0},"latest":{"restored":null}}""");
        flink.on("GET /jobs/" + id + "/metrics", 200, "[]");
    }

    private void overview() {
        flink.on("GET /jobs/overview", 200, """
                {"jobs":[{"jid":"%s","name":"slow","state":"INITIALIZING","start-time":1},
                         {"jid":"%s","name":"well","state":"RUNNING","start-time":1}]}""".formatted(SLOW, WELL));
    }
}
