// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import com.google.re2j.Pattern;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.Resources;
import dev.sluice.spec.RestLogin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one entry of {@code clusters:}. */
public final class ClusterBinder {
    private static final List<String> COMMON =
            List.of("kind", "stateDir", "sessions", "maxConcurrentRestarts");
    private static final Map<String, List<String>> OWN = Map.of(
            "local", List.of("flinkHomes", "scheduler"),
            "standalone",
                    List.of(
                            "url",
                            "version",
                            "user",
                            "password",
                            "caFile",
                            "keyStore",
                            "keyStorePassword"),
            "yarn", List.of("hadoopConfDir", "flinkHomes", "kerberos"),
            "kubernetes",
                    List.of(
                            "kubeconfig",
                            "context",
                            "namespace",
                            "images",
                            "imageTags",
                            "ingress"));

    private static final Pattern DIGEST = Pattern.compile("@sha256:[0-9a-f]{64}$");

    private final String name;
    private final Fields fields;

    private ClusterBinder(String name, Fields fields) {
        this.name = name;
        this.fields = fields;
    }

    /** The cluster, or findings. */
    public static Optional<Cluster> bind(String name, Fields fields) {
        return new ClusterBinder(name, fields).bind();
    }

    private Optional<Cluster> bind() {
        String kind = fields.text("kind").orElse("");
        List<String> own = OWN.get(kind);
        if (own == null) {
            return Optional.empty();
        }
        fields.names().stream()
                .filter(field -> !COMMON.contains(field) && !own.contains(field))
                .forEach(field -> fields.error(
                        "unknown-field",
                        field,
                        "field '" + field + "' means nothing to a cluster of kind " + kind,
                        "remove it, or correct 'kind'"));
        return switch (kind) {
            case "local" ->
                withState()
                        .map(known ->
                                new Cluster.Local(known, fields.flat("flinkHomes"), isAdaptive()));
            case "standalone" -> standalone();
            case "yarn" -> yarn();
            default -> kubernetes();
        };
    }

    private boolean isAdaptive() {
        return fields.text("scheduler").filter("adaptive"::equals).isPresent();
    }

    private Optional<Cluster> standalone() {
        Optional<ClusterBasics> basics = withState();
        Optional<String> url =
                fields.required("url", "add the REST address: 'url: http://host:8081'");
        Optional<String> version = fields.required("version", "add 'version: \"1.20\"'");
        Optional<RestLogin> login = RestLoginBinder.bind(fields);
        return basics.isPresent() && url.isPresent() && version.isPresent() && login.isPresent()
                ? Optional.of(
                        new Cluster.Standalone(basics.get(), url.get(), version.get(), login.get()))
                : Optional.empty();
    }

    private Optional<Cluster> yarn() {
        Optional<ClusterBasics> basics = withState();
        Optional<String> hadoop =
                fields.required("hadoopConfDir", "add the folder with yarn-site.xml");
        return basics.flatMap(known -> hadoop.map(folder -> new Cluster.Yarn(
                known, folder, fields.flat("flinkHomes"), KerberosBinder.bind(fields))));
    }

    private Optional<Cluster> kubernetes() {
        Optional<String> namespace = fields.required("namespace", "add 'namespace: ...'");
        return namespace.map(space -> new Cluster.Kubernetes(
                basics(),
                fields.text("kubeconfig"),
                fields.text("context"),
                space,
                images(),
                IngressBinder.bind(fields)));
    }

    /** Image references hold dots, so the versions are taken as whole keys. */
    private SortedMap<String, String> images() {
        boolean mayHaveTags = fields.text("imageTags").filter("allow"::equals).isPresent();
        Fields images = fields.below("images");
        SortedMap<String, String> byVersion = new TreeMap<>();
        for (String version : images.names()) {
            images.text(version).ifPresent(image -> {
                if (!mayHaveTags && !DIGEST.matcher(image).find()) {
                    byTag(images, version, image);
                }
                byVersion.put(version, image);
            });
        }
        return byVersion;
    }

    private static void byTag(Fields images, String version, String image) {
        images.error(
                "image-by-tag",
                version,
                "expected an image by its digest, found \"" + image
                        + "\": a tag may name another image whenever a pod is started again",
                "write name@sha256:..., as 'docker image ls --digests' shows it, or allow tags with"
                        + " 'imageTags: allow'");
    }

    private Optional<ClusterBasics> withState() {
        Optional<String> stateDir =
                fields.required("stateDir", "add the root of checkpoints and savepoints");
        return stateDir.map(directory -> basics());
    }

    private ClusterBasics basics() {
        Fields sessions = fields.below("sessions");
        SortedMap<String, ClusterBasics.Session> declared = new TreeMap<>();
        for (String session : sessions.names()) {
            session(sessions.below(session)).ifPresent(found -> declared.put(session, found));
        }
        return new ClusterBasics(
                name,
                fields.text("stateDir"),
                declared,
                fields.integer("maxConcurrentRestarts", 1));
    }

    private Optional<ClusterBasics.Session> session(Fields session) {
        Resources resources = ResourcesBinder.resources(session.below("resources"));
        boolean isInPods = fields.text("kind").filter("kubernetes"::equals).isPresent();
        for (String field : isInPods ? List.of("yarn") : List.of("configuration", "kubernetes")) {
            if (session.has(field)) {
                session.error(
                        "unknown-field",
                        field,
                        "field '" + field + "' means nothing to a session cluster of this kind",
                        "remove it");
            }
        }
        return session.text("version")
                .map(version -> new ClusterBasics.Session(
                        version,
                        resources,
                        session.flat("yarn"),
                        session.flat("kubernetes"),
                        session.flat("configuration")));
    }
}
