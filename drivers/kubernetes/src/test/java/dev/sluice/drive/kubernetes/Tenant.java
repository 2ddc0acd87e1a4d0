// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.drive.contract.Settling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A namespace with the accounts and roles that we ship, and nothing else: the driver under test runs
 * with exactly them, the test itself with the administrator's rights.
 */
public final class Tenant implements AutoCloseable {
    static final String CONTROLLER = "sluice-controller";
    public static final String JOBS = "sluice-jobs";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String MANIFEST = "docs/kubernetes/rbac.yaml";
    private static final String OPERATOR_MANIFEST = "docs/kubernetes/rbac-operator.yaml";

    private final KubeApi api;
    private final String name;

    private Tenant(KubeApi api, String name) {
        this.api = api;
        this.name = name;
    }

    static Tenant create(KubeApi api, String name) {
        Tenant tenant = new Tenant(api, name);
        try {
            JsonNode namespace = Json.read("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\"}");
            namespace.asObject().putObject("metadata").put("name", name);
            api.create("/api/v1/namespaces", namespace);
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
        tenant.apply(MANIFEST);
        return tenant;
    }

    /** Gives the driver what it needs where an operator runs the jobs. */
    void admitOperator() {
        apply(OPERATOR_MANIFEST);
    }

    private void apply(String manifest) {
        try {
            for (Object object : new Yaml(new SafeConstructor(new LoaderOptions()))
                    .loadAll(Files.readString(TestCluster.inRepository(manifest))
                            .replace("namespace: flink", "namespace: " + name))) {
                create(JsonMapper.shared().valueToTree(object));
            }
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void create(JsonNode object) throws KubeFailure {
        String kind = object.path("kind").asString("");
        String group = object.path("apiVersion").asString("");
        String root = group.equals("v1") ? "/api/v1" : "/apis/" + group;
        api.create(
                root + "/namespaces/" + name + "/" + kind.toLowerCase(Locale.ROOT) + "s", object);
    }

    public String name() {
        return name;
    }

    KubeApi api() {
        return api;
    }

    /** The way that the driver has: the account we ship, with a token that lasts an hour. */
    KubeAccess controller() {
        try {
            Path folder = Files.createTempDirectory("sluice-kubeconfig");
            Path file = kubeconfig(folder);
            KubeAccess access = Kubeconfig.read(file, Optional.empty());
            Files.delete(file);
            Files.delete(folder);
            return access;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as a file. */
    public Path kubeconfig(Path folder) {
        String text = "{current-context: t, contexts: [{name: t, context: {cluster: c, user: u}}],"
                + " clusters: [{name: c, cluster: {server: '" + api.access().server()
                + "', certificate-authority-data: " + TestCluster.find().authorities()
                + "}}], users: [{name: u, user: {token: " + token() + "}}]}";
        try {
            return Files.writeString(folder.resolve("kubeconfig"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token() {
        try {
            JsonNode token = api.create(
                    "/api/v1/namespaces/" + name + "/serviceaccounts/" + CONTROLLER + "/token",
                    Json.read("{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":"
                            + "\"TokenRequest\",\"spec\":{\"expirationSeconds\":3600}}"));
            return token.path("status").path("token").asString("");
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
    }

    /** Cluster ids of which there is a deployment or a pod now, ending ones as well. */
    public List<String> attempts() {
        TreeSet<String> found = new TreeSet<>();
        try {
            String path = "/apis/apps/v1/namespaces/" + name + "/deployments";
            Json.items(api.get(path)).forEach(deployment -> found.add(Json.name(deployment)));
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
        pods().forEach(pod -> Json.label(pod, "app").ifPresent(found::add));
        return List.copyOf(found);
    }

    /** What Flink's REST interface answers there. */
    public JsonNode flink(String clusterId, String path) throws IOException {
        try {
            return api.get("/api/v1/namespaces/" + name + "/services/" + clusterId
                    + "-rest:rest/proxy" + path);
        } catch (KubeFailure e) {
            throw new IOException(e);
        }
    }

    Optional<JsonNode> deployment(String id) throws KubeFailure {
        return api.find("/apis/apps/v1/namespaces/" + name + "/deployments/" + id);
    }

    void delete(String root, String object) throws KubeFailure {
        api.delete(root + "/namespaces/" + name + "/" + object, Json.object());
    }

    /** The one pod of this component. */
    JsonNode pod(String component, String clusterId) {
        return pods().stream()
                .filter(pod -> Json.label(pod, "app").filter(clusterId::equals).isPresent())
                .filter(pod ->
                        Json.label(pod, "component").filter(component::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** They end without a chance to say anything. */
    void killPods(String component, String clusterId) {
        try {
            for (JsonNode pod : pods()) {
                if (Json.label(pod, "app").filter(clusterId::equals).isPresent()
                        && Json.label(pod, "component")
                                .filter(component::equals)
                                .isPresent()) {
                    api.delete(
                            "/api/v1/namespaces/" + name + "/pods/" + Json.name(pod),
                            Json.object().put("gracePeriodSeconds", 0));
                }
            }
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
    }

    /** With all that it owns, after a while. */
    public void deleteDeployment(String id) {
        try {
            delete("/apis/apps/v1", "deployments/" + id);
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
    }

    List<JsonNode> deployments() throws KubeFailure {
        return Json.items(api.get("/apis/apps/v1/namespaces/" + name + "/deployments"));
    }

    void deleteDeployments() {
        String path = "/apis/apps/v1/namespaces/" + name + "/deployments";
        try {
            for (JsonNode deployment : Json.items(api.get(path))) {
                api.delete(path + "/" + Json.name(deployment), Json.object());
            }
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
        Settling.until(PATIENCE, this::pods, List::isEmpty);
    }

    /** What the operator runs here. */
    FlinkDeployments operated() {
        return new FlinkDeployments(api, name, Clock.systemUTC());
    }

    /** Somebody sets a key of Flink in a resource of the operator. */
    void edit(Attempt attempt, String key, String value) {
        JsonNode edit = Json.read("{\"apiVersion\":\"" + FlinkDeployments.API_VERSION
                + "\",\"kind\":\"FlinkDeployment\",\"metadata\":{\"name\":\"" + attempt.clusterId()
                + "\"},\"spec\":{\"flinkConfiguration\":{\"" + key + "\":\"" + value + "\"}}}");
        try {
            api.apply(
                    "/apis/" + FlinkDeployments.API_VERSION + "/namespaces/" + name
                            + "/flinkdeployments/" + attempt.clusterId(),
                    edit,
                    false);
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the operator says of an attempt; empty without a resource. */
    Optional<JsonNode> status(Attempt attempt) {
        try {
            return operated()
                    .find(attempt.clusterId())
                    .map(resource -> resource.object().path("status"));
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever the operator runs is ended by it; a namespace could not go before that. */
    void deleteOperated() {
        try {
            for (Operated resource : operated().look(Attempt.managed())) {
                operated().delete(resource);
            }
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
        Settling.until(
                PATIENCE,
                () -> {
                    try {
                        return operated().look(Attempt.managed());
                    } catch (KubeFailure e) {
                        throw new IllegalStateException(e);
                    }
                },
                List::isEmpty);
    }

    public List<JsonNode> pods() {
        try {
            return Json.items(api.get("/api/v1/namespaces/" + name + "/pods"));
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            api.delete("/api/v1/namespaces/" + name, Json.object());
        } catch (KubeFailure e) {
            throw new IllegalStateException(e);
        }
    }
}
