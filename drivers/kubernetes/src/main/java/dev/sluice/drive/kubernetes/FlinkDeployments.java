// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.kubernetes.KubeFailure.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resources of the Flink Kubernetes Operator in one namespace. An API server that does not know the
 * kind has none; one that does not let us look may have some, and then nothing is known.
 */
final class FlinkDeployments implements AutoCloseable {
    static final String API_VERSION = "flink.apache.org/v1beta1";
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);

    private final KubeApi api;
    private final String namespace;
    private final Clock clock;
    private final Followed followed;
    /** Until when a server that did not know the kind is not asked for an overview again. */
    private final AtomicReference<Instant> unknownUntil = new AtomicReference<>(Instant.MIN);

    FlinkDeployments(KubeApi api, String namespace, Clock clock) {
        this.api = requireNonNull(api, "api is null");
        this.namespace = requireNonNull(namespace, "namespace is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.followed = new Followed(api, path(selector(Attempt.managed())), clock);
    }

    /** All that Sluice made, as far as the API server has told by now. */
    List<Operated> overview() throws KubeFailure {
        if (clock.instant().isBefore(unknownUntil.get())) {
            return List.of();
        }
        try {
            return operated(followed.look());
        } catch (KubeFailure e) {
            nothing(e);
            unknownUntil.set(clock.instant().plus(UNKNOWN_FOR));
            return List.of();
        }
    }

    /** All that are there now with these labels. */
    List<Operated> look(SortedMap<String, String> labels) throws KubeFailure {
        try {
            return operated(Json.items(api.get(path(selector(labels)))));
        } catch (KubeFailure e) {
            nothing(e);
            return List.of();
        }
    }

    /** The one of that name, whoever made it. */
    Optional<Operated> find(String name) throws KubeFailure {
        try {
            return api.find(path("/" + name)).map(Operated::new);
        } catch (KubeFailure e) {
            nothing(e);
            return Optional.empty();
        }
    }

    private static List<Operated> operated(List<JsonNode> objects) {
        return objects.stream().map(Operated::new).toList();
    }

    /** Returns where the failure means that there are none. */
    private void nothing(KubeFailure e) throws KubeFailure {
        // Rights are looked at before kinds: without any, a kind that is not there is hidden, too.
        boolean isHidden = e.kind() == Kind.HIDDEN;
        if (isHidden && api.find("/apis/" + API_VERSION).isPresent()) {
            throw new KubeFailure(
                    Kind.HIDDEN,
                    "Sluice may not look for " + Operated.KIND + " in namespace " + namespace
                            + ", so that nobody knows what runs there by the Flink Kubernetes"
                            + " Operator: apply docs/kubernetes/rbac.yaml anew; " + e.getMessage());
        }
        if (!isHidden && e.kind() != Kind.MISSING) {
            throw e;
        }
    }

    /**
     * Creates one, which is the fence: there can be only one of its name.
     *
     * @throws KubeFailure CONFLICT when there is one
     */
    void create(JsonNode resource) throws KubeFailure {
        try {
            asked(resource, "");
        } finally {
            unknownUntil.set(Instant.MIN);
            followed.doubt();
        }
    }

    /** Whether it would be taken; one that is there already is no objection. */
    void rehearse(JsonNode resource) throws KubeFailure {
        try {
            asked(resource, "?dryRun=All");
        } catch (KubeFailure e) {
            if (e.kind() != Kind.CONFLICT) {
                throw e;
            }
        }
    }

    private void asked(JsonNode resource, String query) throws KubeFailure {
        try {
            api.create(path(query), resource);
        } catch (KubeFailure e) {
            throw switch (e.kind()) {
                case MISSING ->
                    new KubeFailure(
                            Kind.INVALID,
                            "the API server knows no " + Operated.KIND + " of " + API_VERSION
                                    + ": install the Flink Kubernetes Operator, or remove"
                                    + " 'via: operator'");
                // A webhook of the operator denies as well, in words of its own.
                case DENIED -> e.getMessage().contains("is forbidden") ? withoutRights(e) : e;
                default -> e;
            };
        }
    }

    private static KubeFailure withoutRights(KubeFailure e) {
        return new KubeFailure(
                Kind.DENIED,
                e.getMessage() + "; docs/kubernetes/rbac-operator.yaml has what Sluice needs to"
                        + " deliver by the Flink Kubernetes Operator");
    }

    /** Asks for the end of the one of this very uid; the operator ends what it made of it. */
    void delete(Operated resource) throws KubeFailure {
        ObjectNode options = Json.object().put("propagationPolicy", "Background");
        options.putObject("preconditions").put("uid", Json.uid(resource.object()));
        try {
            api.delete(path("/" + resource.name()), options);
        } finally {
            followed.doubt();
        }
    }

    /** Ends what follows them. */
    @Override
    public void close() {
        followed.close();
    }

    private static String selector(SortedMap<String, String> labels) {
        return "?labelSelector=" + Attempt.selector(labels);
    }

    private String path(String rest) {
        return "/apis/" + API_VERSION + "/namespaces/" + namespace + "/flinkdeployments" + rest;
    }
}
