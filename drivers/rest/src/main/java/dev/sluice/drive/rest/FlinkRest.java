// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.rest.RestFailure.Kind;
import dev.sluice.drive.rest.RestTransport.Answer;
import dev.sluice.spec.JobId;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.JobStatus;
import java.io.FileNotFoundException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The calls of Flink's REST interface that Sluice needs, for 1.15 to 2.3.
 *
 * <p>An empty answer for a job means Flink's own {@link Denial} of it, never some other server's 404.
 */
public final class FlinkRest {
    private static final int NOT_FOUND = 404;
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final URI base;
    private final RestLimits limits;
    private final RestTransport transport;

    /** @param base such as {@code http://127.0.0.1:8081}, without a slash at the end */
    public FlinkRest(URI base, RestLimits limits) {
        this(RestAccess.of(base), limits);
    }

    public FlinkRest(RestAccess access, RestLimits limits) {
        this.base = access.base();
        this.limits = limits;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT);
        access.tls().ifPresent(client::sslContext);
        this.transport = new RestTransport(client.build(), access, limits.maximumBytes());
    }

    public URI base() {
        return base;
    }

    /** What the cluster says of itself. */
    public ClusterOverview cluster() throws RestFailure {
        return RestReader.cluster(ok(transport.get("/overview", limits.answer())));
    }

    /** Which process answers. */
    public JobManagerProcess jobManager() throws RestFailure {
        return RestReader.jobManager(ok(transport.get("/jobmanager/config", limits.answer())));
    }

    /** Whether jars can be uploaded and run ({@code web.submit.enable}). */
    public boolean takesJars() throws RestFailure {
        JsonNode features = ok(transport.get("/config", limits.answer())).path("features");
        return features.path("web-submit").asBoolean(true);
    }

    /** What the JobManager runs with, folders and files; said since 1.15. */
    public List<String> classPath() throws RestFailure {
        JsonNode body = ok(transport.get("/jobmanager/environment", limits.answer()));
        List<String> entries = new ArrayList<>();
        body.path("classpath").forEach(entry -> entries.add(entry.asString("")));
        return List.copyOf(entries);
    }

    /** How many TaskManagers have registered. */
    public int taskManagers() throws RestFailure {
        return cluster().taskManagers();
    }

    List<OverviewEntry> overview() throws RestFailure {
        return RestReader.overview(ok(transport.get("/jobs/overview", limits.answer())));
    }

    /**
     * The job's state, not delayed by {@code web.refresh-interval}; but 1.15 knows no such path, and what
     * it has instead may be as old as that interval.
     */
    Optional<JobStatus> status(JobId job) throws RestFailure {
        Answer answer = transport.get("/jobs/" + job + "/status", limits.answer());
        if (Denial.isOfThePath(answer)) {
            return job(job).map(JobView::status);
        }
        Optional<JsonNode> body = known(answer, job);
        if (body.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(RestReader.status(RestReader.text(body.get(), "status")
                .orElseThrow(() -> RestReader.missing("status"))));
    }

    Optional<JobView> job(JobId job) throws RestFailure {
        Optional<JsonNode> body = find(job, "");
        return body.isEmpty() ? Optional.empty() : Optional.of(RestReader.job(body.get()));
    }

    Optional<CheckpointStatistics> checkpoints(JobId job) throws RestFailure {
        Optional<JsonNode> body = find(job, "/checkpoints");
        return body.isEmpty() ? Optional.empty() : Optional.of(RestReader.checkpoints(body.get()));
    }

    /** How far each vertex is with one checkpoint or savepoint; empty when it is over. */
    Optional<JsonNode> checkpoint(JobId job, long id) throws RestFailure {
        String path = "/jobs/" + job + "/checkpoints/details/" + id;
        Answer answer = transport.get(path, limits.answer());
        return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(ok(answer));
    }

    /** The newest failure of the job as a stack trace. */
    Optional<String> exception(JobId job) throws RestFailure {
        return find(job, "/exceptions").flatMap(RestReader::exception);
    }

    /** What the job and its execution say of themselves; empty when the cluster does not know it. */
    Optional<JsonNode> described(JobId job) throws RestFailure {
        return find(job, "");
    }

    /** The execution configuration of the job. */
    Optional<JsonNode> configuration(JobId job) throws RestFailure {
        return find(job, "/config");
    }

    /** How the job takes checkpoints; empty where it takes none, which Flink answers with a 404. */
    Optional<JsonNode> checkpointConfiguration(JobId job) throws RestFailure {
        Answer answer = transport.get("/jobs/" + job + "/checkpoints/config", limits.answer());
        return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(ok(answer));
    }

    /** How often the job was restarted, 0 where the metric is not there (yet). */
    long restarts(JobId job) throws RestFailure {
        Optional<JsonNode> body = find(job, "/metrics?get=numRestarts");
        return body.map(metrics -> metrics.path(0).path("value").asLong(0)).orElse(0L);
    }

    /** Asks for a stop with savepoint. That Flink takes the request says nothing of its success. */
    void stop(JobId job, TriggerId trigger, String directory, SavepointFormat format)
            throws RestFailure {
        Map<String, Object> body = new TreeMap<>();
        body.put("drain", false);
        body.put("triggerId", trigger.hex());
        body.put("targetDirectory", directory);
        body.put("formatType", format.name());
        ok(transport.send("POST", "/jobs/" + job + "/stop", body, limits.answer()));
    }

    Trigger trigger(JobId job, TriggerId trigger) throws RestFailure {
        Answer answer = transport.get("/jobs/" + job + "/savepoints/" + trigger, limits.answer());
        if (Denial.isOfTheTrigger(answer, trigger)) {
            return Trigger.NOT_KNOWN;
        }
        return RestReader.trigger(ok(answer));
    }

    /** Asks the whole cluster to end; it answers before it does. */
    public void endCluster() throws RestFailure {
        ok(transport.send("DELETE", "/cluster", Map.of(), limits.answer()));
    }

    void cancel(JobId job) throws RestFailure {
        ok(transport.send("PATCH", "/jobs/" + job + "?mode=cancel", Map.of(), limits.answer()));
    }

    /** Vertex ids to the bounds of their parallelism; an error where the scheduler has none. */
    Optional<JsonNode> requirements(JobId job) throws RestFailure {
        return find(job, "/resource-requirements");
    }

    void require(JobId job, Map<String, Object> requirements) throws RestFailure {
        String path = "/jobs/" + job + "/resource-requirements";
        ok(transport.send("PUT", path, requirements, limits.answer()));
    }

    /** The id of an uploaded jar, found by the name it was uploaded with. */
    Optional<String> findJar(String name) throws RestFailure {
        for (JsonNode file : ok(transport.get("/jars", limits.answer())).path("files")) {
            if (RestReader.text(file, "name").orElse("").equals(name)) {
                return RestReader.text(file, "id");
            }
        }
        return Optional.empty();
    }

    /** Uploads a jar and gives the id to run it by. */
    String upload(Path file, String name) throws RestFailure {
        try {
            HttpRequest.Builder request = transport.request("/jars/upload");
            JsonNode body =
                    ok(transport.send(Multipart.jar(request, file, name), limits.submission()));
            String stored = RestReader.text(body, "filename")
                    .orElseThrow(() -> RestReader.missing("filename"));
            return stored.substring(stored.lastIndexOf('/') + 1);
        } catch (FileNotFoundException e) {
            throw new RestFailure(Kind.MALFORMED, 0, "not a file: " + file, e);
        }
    }

    /**
     * Runs an uploaded jar. A refusal is not "nothing happened": it can leave a FAILED job behind.
     *
     * @param body the request body of {@code POST /jars/:id/run}
     */
    void run(String jar, Map<String, Object> body) throws RestFailure {
        ok(transport.send("POST", "/jars/" + jar + "/run", body, limits.submission()));
    }

    private Optional<JsonNode> find(JobId job, String rest) throws RestFailure {
        return known(transport.get("/jobs/" + job + rest, limits.answer()), job);
    }

    private static Optional<JsonNode> known(Answer answer, JobId job) throws RestFailure {
        return Denial.isOfTheJob(answer, job) ? Optional.empty() : Optional.of(ok(answer));
    }

    private static JsonNode ok(Answer answer) throws RestFailure {
        if (answer.status() / 100 == 2) {
            return answer.body();
        }
        String reason = Causes.root(RestReader.errors(answer.body()));
        throw new RestFailure(Kind.REFUSED, answer.status(), reason, null);
    }
}
