// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.NodeValues;
import dev.sluice.spec.yaml.YamlLimits;
import dev.sluice.spec.yaml.YamlReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a kubeconfig: certificates, keys and tokens, inline or in files. Programs that make tokens
 * ({@code exec}) are refused, not run: a token file or a service account does their work.
 */
public final class Kubeconfig {
    /** Where every pod finds the account it runs as. */
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final Path file;
    private final Map<?, ?> root;

    private Kubeconfig(Path file, Map<?, ?> root) {
        this.file = file;
        this.root = root;
    }

    /** @throws IOException with what is missing or wrong, and where */
    public static KubeAccess read(Path file, Optional<String> context) throws IOException {
        Findings findings = new Findings();
        Optional<Object> root = new YamlReader(YamlLimits.DEFAULT)
                .read(file.toString(), Files.readString(file), findings)
                .map(NodeValues::of);
        if (root.isPresent() && root.get() instanceof Map<?, ?> map && !findings.hasErrors()) {
            return new Kubeconfig(file, map).access(context);
        }
        throw new IOException(file + " is not a kubeconfig");
    }

    /** The account of the pod that this process runs in. */
    public static KubeAccess inCluster(Map<String, String> environment) throws IOException {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (host.isEmpty()) {
            throw new IOException("this is not a pod: name a kubeconfig with 'kubeconfig:'");
        }
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        String authorities = Files.readString(ACCOUNT.resolve("ca.crt"));
        String name = host.contains(":") ? "[" + host + "]" : host;
        return new KubeAccess(
                URI.create("https://" + name + ":" + port),
                Optional.of(Pem.context(Optional.of(authorities), Optional.empty())),
                Optional.empty(),
                Optional.of(ACCOUNT.resolve("token")));
    }

    private KubeAccess access(Optional<String> wanted) throws IOException {
        String name = wanted.or(() -> text(root, "current-context"))
                .orElseThrow(() -> new IOException(file + " has no current-context: name one"));
        Map<?, ?> context = named("contexts", name, "context");
        Map<?, ?> cluster = named("clusters", text(context, "cluster").orElse(""), "cluster");
        Map<?, ?> user = named("users", text(context, "user").orElse(""), "user");
        if (user.containsKey("exec") || user.containsKey("auth-provider")) {
            throw new IOException(file + ": the user of context " + name
                    + " is made by a program, which Sluice does not run: use a token file");
        }
        URI server = URI.create(text(cluster, "server").orElse(""));
        if (!List.of("https", "http").contains(String.valueOf(server.getScheme()))) {
            throw new IOException(file + ": the cluster of context " + name + " has no server");
        }
        Optional<String> key = data(user, "client-key");
        Optional<Pem.Identity> identity = data(user, "client-certificate")
                .flatMap(own -> key.map(secret -> new Pem.Identity(own, secret)));
        return new KubeAccess(
                server,
                Optional.of(Pem.context(data(cluster, "certificate-authority"), identity)),
                text(user, "token"),
                text(user, "tokenFile").map(this::beside));
    }

    private Map<?, ?> named(String list, String name, String field) throws IOException {
        if (root.get(list) instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map
                        && name.equals(map.get("name"))
                        && map.get(field) instanceof Map<?, ?> found) {
                    return found;
                }
            }
        }
        throw new IOException(file + " has no " + field + " '" + name + "' under " + list);
    }

    /** What a field says inline as base 64, or the file that it names. */
    private Optional<String> data(Map<?, ?> map, String field) throws IOException {
        Optional<String> inline = text(map, field + "-data");
        if (inline.isPresent()) {
            byte[] bytes = Base64.getMimeDecoder().decode(inline.get());
            return Optional.of(new String(bytes, StandardCharsets.US_ASCII));
        }
        Optional<Path> named = text(map, field).map(this::beside);
        return named.isPresent()
                ? Optional.of(Files.readString(named.get(), StandardCharsets.US_ASCII))
                : Optional.empty();
    }

    private Path beside(String name) {
        return file.toAbsolutePath().resolveSibling(name);
    }

    private static Optional<String> text(Map<?, ?> map, String field) {
        return Optional.ofNullable(map.get(field)).map(Object::toString);
    }
}
