// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A {@code FlinkDeployment}, by which the Flink Kubernetes Operator runs one attempt. As long as it is
 * there, the operator may make pods of it at any moment.
 *
 * @param object as the API server has it
 */
record Operated(JsonNode object) {
    static final String KIND = "FlinkDeployment";
    private static final int LONGEST_ERROR = 600;

    Operated {
        requireNonNull(object, "object is null");
    }

    String name() {
        return Json.name(object);
    }

    /**
     * The operator has made the JobManager and says that it is gone: nobody makes it again, because
     * the resource forbids it. The word MISSING alone is what a resource has in the beginning, too.
     */
    boolean isAbandoned() {
        JsonNode status = object.path("status");
        return text(status, "jobManagerDeploymentStatus").equals("MISSING")
                && text(status.path("reconciliationStatus"), "state").equals("DEPLOYED");
    }

    /**
     * What the operator has against it; for good where it does not even take it.
     *
     * @param isDeployed there is a deployment of its JobManager
     */
    Optional<Trouble> trouble(boolean isDeployed) {
        String error = text(object.path("status"), "error");
        if (error.isEmpty()) {
            return isDeployed ? Optional.empty() : Optional.of(new Trouble(pending(), false));
        }
        try {
            JsonNode read = Json.read(error);
            String why = text(read, "message");
            return Optional.of(trouble(
                    why.isEmpty() ? error : why,
                    text(read, "type").endsWith(".ValidationException")));
        } catch (JacksonException e) {
            return Optional.of(trouble(error, false));
        }
    }

    private static Trouble trouble(String why, boolean isForGood) {
        String brief = why.substring(0, Math.min(LONGEST_ERROR, why.length()));
        return new Trouble("the Flink Kubernetes Operator says: " + brief, isForGood);
    }

    /** Sluice makes a resource once and never changes it, so each later generation is a person's. */
    boolean isEdited() {
        return object.path("metadata").path("generation").asInt(1) > 1 && !Json.isEnding(object);
    }

    /** Who changed it is not known; what the operator made of it is. */
    Optional<String> edited() {
        return isEdited()
                ? Optional.of(
                        KIND + " " + name() + " was changed by somebody else, it is of generation "
                                + object.path("metadata").path("generation").asInt(1)
                                + ": what runs may not be what the commit says")
                : Optional.empty();
    }

    private String pending() {
        return object.path("status").path("reconciliationStatus").has("lastReconciledSpec")
                ? "the Flink Kubernetes Operator makes the JobManager of " + name()
                : "the Flink Kubernetes Operator has not taken " + KIND + " " + name()
                        + " yet: does it run, and watch this namespace?";
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }
}
