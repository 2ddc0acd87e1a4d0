// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.rest.CheckpointStatistics.Snapshot;
import dev.sluice.drive.rest.RestFailure.Kind;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads Flink's JSON; takes what it needs and minds nothing else, so that versions may add fields. */
final class RestReader {
    /** What Flink writes when a checkpoint has no path that a job could be started from. */
    private static final String NO_PATH = "<checkpoint-not-externally-addressable>";

    private RestReader() {}

    static ClusterOverview cluster(JsonNode body) throws RestFailure {
        if (!body.path("taskmanagers").isNumber()) {
            throw missing("taskmanagers");
        }
        return new ClusterOverview(
                text(body, "flink-version").orElseThrow(() -> missing("flink-version")),
                body.path("taskmanagers").asInt(),
                body.path("slots-total").asInt(0),
                body.path("slots-available").asInt(0));
    }

    static JobManagerProcess jobManager(JsonNode body) throws RestFailure {
        Map<String, String> entries = new TreeMap<>();
        for (JsonNode entry : body) {
            entries.put(text(entry, "key").orElse(""), text(entry, "value").orElse(""));
        }
        String id = entries.getOrDefault("web.tmpdir", "");
        if (id.isEmpty()) {
            throw missing("web.tmpdir");
        }
        return new JobManagerProcess(
                id,
                FlinkDuration.parse(entries.getOrDefault("heartbeat.timeout", "50 s")),
                grows(entries));
    }

    /** The client that starts a native cluster writes these keys into its configuration. */
    private static boolean grows(Map<String, String> entries) {
        String target = entries.getOrDefault("execution.target", "");
        return entries.containsKey("kubernetes.cluster-id")
                || target.startsWith("kubernetes-")
                || target.startsWith("yarn-");
    }

    static List<OverviewEntry> overview(JsonNode body) throws RestFailure {
        if (!body.path("jobs").isArray()) {
            throw new RestFailure(Kind.MALFORMED, "an overview without jobs");
        }
        List<OverviewEntry> entries = new ArrayList<>();
        for (JsonNode job : body.path("jobs")) {
            entries.add(new OverviewEntry(
                    new JobId(text(job, "jid").orElseThrow(() -> missing("jid"))),
                    text(job, "name").orElse(""),
                    status(text(job, "state").orElse("")),
                    Instant.ofEpochMilli(job.path("start-time").asLong(0))));
        }
        return entries;
    }

    static JobView job(JsonNode body) throws RestFailure {
        int parallelism = 0;
        int waiting = 0;
        boolean allRunning = !body.path("vertices").isEmpty();
        List<JobView.Vertex> vertices = new ArrayList<>();
        for (JsonNode vertex : body.path("vertices")) {
            vertices.add(new JobView.Vertex(
                    text(vertex, "id").orElse(""),
                    text(vertex, "name").orElse("a vertex without a name"),
                    text(vertex, "status").orElse("")));
            parallelism = Math.max(parallelism, vertex.path("parallelism").asInt(0));
            waiting += vertex.path("tasks").path("CREATED").asInt(0)
                    + vertex.path("tasks").path("SCHEDULED").asInt(0);
            allRunning &= text(vertex, "status").orElse("").equals("RUNNING");
        }
        boolean hasRun = body.path("timestamps").path("RUNNING").asLong(0) > 0;
        return new JobView(
                status(text(body, "state").orElse("")),
                hasRun,
                parallelism,
                allRunning,
                waiting,
                vertices);
    }

    static JobStatus status(String name) throws RestFailure {
        for (JobStatus status : JobStatus.values()) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        throw new RestFailure(Kind.MALFORMED, "not a job state of Flink: " + name);
    }

    static Trigger trigger(JsonNode body) throws RestFailure {
        String state = text(body.path("status"), "id").orElseThrow(() -> missing("status.id"));
        if (state.equals("IN_PROGRESS")) {
            return Trigger.IN_PROGRESS;
        }
        JsonNode operation = body.path("operation");
        Optional<String> location = text(operation, "location");
        Optional<String> failure = text(operation.path("failure-cause"), "stack-trace");
        if (!state.equals("COMPLETED") || location.isEmpty() && failure.isEmpty()) {
            throw missing("what came of the savepoint");
        }
        return new Trigger(Trigger.State.COMPLETED, location, failure);
    }

    /** That nothing was restored is said with a null; a body that says nothing is no answer. */
    static CheckpointStatistics checkpoints(JsonNode body) throws RestFailure {
        JsonNode latest = body.path("latest");
        if (!latest.has("restored")) {
            throw missing("latest.restored");
        }
        if (!body.path("counts").path("completed").isNumber()) {
            throw missing("counts.completed");
        }
        Optional<Snapshot> checkpoint =
                snapshot(latest.path("completed"), StatePointer.Kind.CHECKPOINT);
        Optional<Snapshot> savepoint =
                snapshot(latest.path("savepoint"), StatePointer.Kind.SAVEPOINT);
        boolean savepointIsNewer = savepoint.isPresent()
                && checkpoint.map(found -> found.id() < savepoint.get().id()).orElse(true);
        return new CheckpointStatistics(
                savepointIsNewer ? savepoint : checkpoint,
                text(latest.path("restored"), "external_path"),
                body.path("counts").path("completed").asLong(0),
                body.path("counts").path("failed").asLong(0),
                underWay(body.path("history")));
    }

    /** The history begins with the newest; a stop takes a savepoint too. */
    private static Optional<Long> underWay(JsonNode history) {
        for (JsonNode entry : history) {
            if (entry.path("is_savepoint").asBoolean(false)
                    && text(entry, "status").orElse("").equals("IN_PROGRESS")) {
                return Optional.of(entry.path("id").asLong(-1));
            }
        }
        return Optional.empty();
    }

    /** What {@code /jobs/:id} and the details of one savepoint say of the vertices it waits for. */
    static List<String> unacknowledged(List<JobView.Vertex> vertices, JsonNode savepoint) {
        List<String> waiting = new ArrayList<>();
        for (JobView.Vertex vertex : vertices) {
            JsonNode task = savepoint.path("tasks").path(vertex.id());
            int all = task.path("num_subtasks").asInt(0);
            int done = task.path("num_acknowledged_subtasks").asInt(0);
            if (done < all) {
                waiting.add(vertex.name() + " (" + done + " of " + all + " tasks acknowledged it)");
            }
        }
        return waiting;
    }

    private static Optional<Snapshot> snapshot(JsonNode node, StatePointer.Kind kind) {
        // A savepoint counts as a completed checkpoint too.
        StatePointer.Kind real =
                node.path("is_savepoint").asBoolean(false) ? StatePointer.Kind.SAVEPOINT : kind;
        return text(node, "external_path")
                .filter(path -> !path.isBlank() && !path.equals(NO_PATH))
                .map(path -> new Snapshot(
                        real,
                        node.path("id").asLong(-1),
                        path,
                        Instant.ofEpochMilli(node.path("latest_ack_timestamp").asLong(0))));
    }

    /** The newest exception: 1.x has a root exception, 2.x only the history; the newest comes first. */
    static Optional<String> exception(JsonNode body) {
        Optional<String> root = text(body, "root-exception");
        return root.isPresent()
                ? root
                : text(body.path("exceptionHistory").path("entries").path(0), "stacktrace");
    }

    static List<String> errors(JsonNode body) {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : body.path("errors")) {
            errors.add(error.asString(""));
        }
        return errors;
    }

    static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    static RestFailure missing(String field) {
        return new RestFailure(Kind.MALFORMED, "an answer without " + field);
    }
}
