// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.CheckpointStatistics.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Asks a cluster for all it tells of its running jobs: four requests for each. */
public final class Portraits {
    /** {@code Long.MAX_VALUE}: Flink's word for "only savepoints". */
    private static final long NO_INTERVAL = Long.MAX_VALUE;

    private final FlinkRest rest;

    public Portraits(FlinkRest rest) {
        this.rest = requireNonNull(rest, "rest is null");
    }

    /** Every job that has not ended, in the order of the cluster's list. */
    public List<JobPortrait> running() throws RestFailure {
        List<JobPortrait> portraits = new ArrayList<>();
        for (OverviewEntry entry : rest.overview()) {
            if (!entry.status().isGloballyTerminal()) {
                portraits.add(portrait(entry));
            }
        }
        return List.copyOf(portraits);
    }

    private JobPortrait portrait(OverviewEntry entry) throws RestFailure {
        Optional<JsonNode> job = rest.described(entry.id());
        int parallelism = 1;
        TreeMap<Integer, Integer> maxima = new TreeMap<>();
        for (JsonNode vertex : job.map(body -> body.path("vertices")).stream()
                .flatMap(vertices -> vertices.values().stream())
                .toList()) {
            parallelism = Math.max(parallelism, vertex.path("parallelism").asInt(1));
            maxima.merge(vertex.path("maxParallelism").asInt(0), 1, Integer::sum);
        }
        Optional<Integer> maximum = maxima.size() == 1 && maxima.firstKey() > 0
                ? Optional.of(maxima.firstKey())
                : Optional.empty();
        return new JobPortrait(
                entry.id(),
                entry.name(),
                entry.status(),
                entry.startedAt(),
                parallelism,
                maximum,
                rest.checkpointConfiguration(entry.id()).flatMap(Portraits::settings),
                parameters(entry),
                state(entry));
    }

    private TreeMap<String, String> parameters(OverviewEntry entry) throws RestFailure {
        TreeMap<String, String> parameters = new TreeMap<>();
        rest.configuration(entry.id())
                .map(body -> body.path("execution-config").path("user-config"))
                .ifPresent(config -> config.properties()
                        .forEach(pair ->
                                parameters.put(pair.getKey(), pair.getValue().asString(""))));
        return parameters;
    }

    private Optional<String> state(OverviewEntry entry) throws RestFailure {
        Optional<CheckpointStatistics> known = rest.checkpoints(entry.id());
        return known.flatMap(CheckpointStatistics::newest)
                .map(Snapshot::path)
                .or(() -> known.flatMap(CheckpointStatistics::restoredPath));
    }

    /** What Flink says of a job that takes checkpoints by itself. */
    static Optional<CheckpointSettings> settings(JsonNode body) {
        long interval = body.path("interval").asLong(NO_INTERVAL);
        if (interval == NO_INTERVAL || interval <= 0) {
            return Optional.empty();
        }
        JsonNode kept = body.path("externalization");
        return Optional.of(new CheckpointSettings(
                Duration.ofMillis(interval),
                RestReader.text(body, "mode").orElse("exactly_once").equals("exactly_once"),
                Duration.ofMillis(body.path("timeout").asLong(0)),
                Duration.ofMillis(body.path("min_pause").asLong(0)),
                body.path("max_concurrent").asInt(1),
                body.path("unaligned_checkpoints").asBoolean(false),
                kept.path("enabled").asBoolean(false)
                        && !kept.path("delete_on_cancellation").asBoolean(true),
                RestReader.text(body, "state_backend").orElse("")));
    }
}
