// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.RescaleRequest;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Another parallelism by {@code /jobs/:id/resource-requirements} (Flink 1.18, FLIP-291).
 *
 * <p>Only vertices that may use the parallelism the job was started with get the new one: a vertex
 * that its program pins to less keeps that. Other schedulers than the adaptive one answer with an
 * error, which is a refusal for good. The same request again finds nothing to change.
 */
final class Rescaling {
    private static final int UNAVAILABLE = 503;

    private final FlinkRest rest;

    Rescaling(FlinkRest rest) {
        this.rest = rest;
    }

    Outcome rescale(RescaleRequest request) {
        try {
            Optional<JsonNode> found = rest.requirements(request.job());
            if (found.isEmpty()) {
                return new Outcome.Unknown("the JobManager does not know the job");
            }
            Map<String, Object> next = changed(found.get(), request);
            if (next.isEmpty()) {
                return isThere(found.get(), request.to())
                        ? new Outcome.Done(Evidence.of("parallelism", "" + request.to()))
                        : refused("no vertex has parallelism " + request.from());
            }
            rest.require(request.job(), next);
            return new Outcome.Done(Evidence.of("parallelism", "" + request.to()));
        } catch (RestFailure e) {
            boolean isAnswer = e.kind() == RestFailure.Kind.REFUSED && e.status() != UNAVAILABLE;
            return isAnswer ? refused(e.getMessage()) : new Outcome.Unknown(e.getMessage());
        }
    }

    /** The whole body with the new bounds; empty when no vertex changes. */
    private static Map<String, Object> changed(JsonNode requirements, RescaleRequest request) {
        Map<String, Object> body = new TreeMap<>();
        boolean isChange = false;
        for (Map.Entry<String, JsonNode> vertex : requirements.properties()) {
            JsonNode bounds = vertex.getValue().path("parallelism");
            int lower = bounds.path("lowerBound").asInt(1);
            int upper = bounds.path("upperBound").asInt(0);
            boolean isMeant = upper == request.from();
            isChange |= isMeant;
            int next = isMeant ? request.to() : upper;
            Map<String, Integer> wanted = new TreeMap<>();
            wanted.put("lowerBound", Math.min(lower, next));
            wanted.put("upperBound", next);
            body.put(vertex.getKey(), Map.of("parallelism", wanted));
        }
        return isChange ? body : Map.of();
    }

    private static boolean isThere(JsonNode requirements, int parallelism) {
        return requirements.properties().stream()
                .anyMatch(vertex ->
                        vertex.getValue().path("parallelism").path("upperBound").asInt(0)
                                == parallelism);
    }

    private static Outcome refused(String cause) {
        return new Outcome.Failed(false, cause, Evidence.NONE);
    }
}
