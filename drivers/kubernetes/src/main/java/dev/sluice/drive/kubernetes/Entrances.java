// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What leads people to Flink's page of a job: one Ingress for each job that wants it, which leads to the
 * newest attempt and goes with its deployment. A job is not held up for it: where it cannot be made, the
 * start says so and is done.
 */
final class Entrances {
    /** Annotation of a deployment: where people find it. */
    static final String ADDRESS = "sluice.dev/address";

    private final Namespace namespace;

    Entrances(Namespace namespace) {
        this.namespace = requireNonNull(namespace, "namespace is null");
    }

    /** Where people find the job; empty where it has no ingress. */
    static Optional<String> address(JobSpec spec) {
        return Optional.ofNullable(spec.runtime().kubernetes().get("ingress.url"));
    }

    /** The same of a deployment. */
    static Optional<String> address(JsonNode deployment) {
        JsonNode address = deployment.path("metadata").path("annotations").path(ADDRESS);
        return address.isString() ? Optional.of(address.asString()) : Optional.empty();
    }

    /** Whether the API server would take it; nothing is made. */
    Outcome rehearsed(JobSpec spec, Outcome outcome) {
        if (address(spec).isEmpty() || !(outcome instanceof Outcome.Done)) {
            return outcome;
        }
        try {
            namespace.rehearseIngress(ingress(spec, new Attempt(spec.key(), 1)));
            return outcome;
        } catch (KubeFailure e) {
            return e.isForGood()
                    ? new Outcome.Failed(false, e.getMessage(), Evidence.NONE)
                    : new Outcome.Unknown(e.getMessage());
        }
    }

    /** Leads people to an attempt that has started. */
    Outcome opened(JobSpec spec, int attempt, Outcome outcome) {
        if (address(spec).isEmpty() || !(outcome instanceof Outcome.Done done)) {
            return outcome;
        }
        Attempt started = new Attempt(spec.key(), attempt);
        try {
            Optional<JsonNode> deployment = namespace.deployment(started.clusterId());
            if (deployment.isPresent()) {
                namespace.apply(ingress(spec, started), deployment.get(), started);
            }
            return outcome;
        } catch (KubeFailure e) {
            return new Outcome.Done(done.evidence().with("ingress", e.getMessage()));
        }
    }

    /**
     * The Ingress of an attempt: the template with our names, and a rule for the address where the
     * template has none of its own.
     */
    static ObjectNode ingress(JobSpec spec, Attempt attempt) {
        String service = attempt.clusterId() + "-rest";
        JsonNode template = Json.read(spec.runtime()
                .kubernetes()
                .getOrDefault("ingress.template", "{}")
                .replace("{service}", service));
        ObjectNode ours =
                Json.object().put("apiVersion", "networking.k8s.io/v1").put("kind", "Ingress");
        ours.putObject("metadata").put("name", attempt.jobName());
        if (!template.path("spec").has("rules")) {
            URI address = URI.create(address(spec).orElseThrow());
            String path = address.getPath();
            ours.putObject("spec")
                    .putArray("rules")
                    .addObject()
                    .put("host", address.getHost())
                    .putObject("http")
                    .putArray("paths")
                    .addObject()
                    .put("path", path.isEmpty() ? "/" : path)
                    .put("pathType", "Prefix")
                    .putObject("backend")
                    .putObject("service")
                    .put("name", service)
                    .putObject("port")
                    .put("name", "rest");
        }
        return Json.merge(template, ours).asObject();
    }
}
