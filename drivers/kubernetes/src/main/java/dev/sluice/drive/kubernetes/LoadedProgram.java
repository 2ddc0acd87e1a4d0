// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.kubernetes.Delivery.Part;
import dev.sluice.drive.kubernetes.Delivery.Way;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program that each pod of a JobManager loads before Flink starts, from an address, a volume or its
 * image: a container of the same image does it by {@code dev.sluice.fetch}, which comes with a ConfigMap.
 *
 * @param parts the program first
 * @param own Sluice's runner, where that is the program
 */
record LoadedProgram(Delivery delivery, List<Part> parts, Optional<Path> own)
        implements PodProgram {
    static final String LOADING = "sluice-program";
    /** What the loading container ends with when a jar is there with other bytes. */
    static final int OTHER_BYTES = 3;

    static final String OBJECT = "sluice-program-";
    static final String TOOLS_VOLUME = "sluice-fetch";
    private static final String TOOLS = "/opt/sluice/fetch";
    private static final String FOLDER = "/opt/sluice/program";
    private static final String RUN =
            "exec \"${JAVA_HOME:+$JAVA_HOME/bin/}java\" -Xmx64m -XX:+UseSerialGC -jar \"$@\"";

    LoadedProgram {
        requireNonNull(delivery, "delivery is null");
        parts = List.copyOf(parts);
        requireNonNull(own, "own is null");
    }

    /** @param runner the program of a job that brings none */
    static LoadedProgram of(Delivery delivery, JobSpec spec, Path runner, Digest runnerDigest) {
        List<Part> named = delivery.parts(spec);
        if (spec.program() instanceof dev.sluice.spec.Program.Jar) {
            return new LoadedProgram(delivery, named, Optional.empty());
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(runnerDigest, "runner.jar", TOOLS + "/runner.jar"));
        parts.addAll(named);
        return new LoadedProgram(delivery, parts, Optional.of(runner));
    }

    @Override
    public String path() {
        return FOLDER + "/" + parts.get(0).name();
    }

    /** What a container is asked to load, in words that differ when anything of it does. */
    String text() {
        return delivery + "\n" + list();
    }

    private String list() {
        return parts.stream().map(Part::line).collect(Collectors.joining("\n"));
    }

    @Override
    public ObjectNode into(JsonNode pod, String clusterId) {
        JsonNode main = PodProgram.main(pod.path("spec"));
        ObjectNode ours = Json.object();
        ObjectNode spec = ours.putObject("spec");
        spec.putArray("initContainers").add(loading(main));
        ObjectNode flink = spec.putArray("containers").addObject().put("name", MAIN);
        mount(flink, LOADING, FOLDER, true);
        ObjectNode shared = spec.putArray("volumes").addObject().put("name", LOADING);
        shared.putObject("emptyDir");
        ObjectNode tools = spec.withArray("volumes").addObject().put("name", TOOLS_VOLUME);
        tools.putObject("configMap").put("name", OBJECT + clusterId);
        folder().ifPresent(volume -> spec.withArray("volumes").add(volume));
        return Json.merge(pod, ours).asObject();
    }

    private ObjectNode loading(JsonNode main) {
        ObjectNode loading = PodProgram.before(main, LOADING);
        loading.putArray("command")
                .add("sh")
                .add("-c")
                .add(RUN)
                .add("fetch")
                .add(TOOLS + "/fetch.jar")
                .add(TOOLS + "/parts")
                .add(path());
        mount(loading, LOADING, FOLDER, false);
        mount(loading, TOOLS_VOLUME, TOOLS, true);
        if (folder().isPresent()) {
            mount(loading, "sluice-artifacts", Delivery.MOUNTED, true);
        }
        ResolvConf.mount(main)
                .ifPresent(file -> loading.withArray("volumeMounts").add(file));
        delivery.secret().filter(name -> delivery.way() == Way.INIT_FETCH).ifPresent(name -> {
            loading.putArray("env")
                    .addObject()
                    .put("name", "SLUICE_FETCH_ORIGIN")
                    .put("value", origin());
            ObjectNode from =
                    loading.putArray("envFrom").addObject().put("prefix", "SLUICE_FETCH_");
            from.putObject("secretRef").put("name", name);
        });
        return loading;
    }

    private String origin() {
        int usual = delivery.maven().getScheme().equals("https") ? 443 : 80;
        int port = delivery.maven().getPort();
        return delivery.maven().getScheme() + "://" + delivery.maven().getHost() + ":"
                + (port < 0 ? usual : port);
    }

    private static void mount(ObjectNode container, String volume, String path, boolean readOnly) {
        container
                .withArray("volumeMounts")
                .addObject()
                .put("name", volume)
                .put("mountPath", path)
                .put("readOnly", readOnly);
    }

    /** The folder that a pod is given. */
    private Optional<ObjectNode> folder() {
        ObjectNode volume = Json.object().put("name", "sluice-artifacts");
        if (delivery.way() == Way.PVC) {
            volume.putObject("persistentVolumeClaim")
                    .put("claimName", delivery.claim().orElseThrow())
                    .put("readOnly", true);
            return Optional.of(volume);
        }
        if (delivery.way() == Way.HOST_PATH) {
            volume.putObject("hostPath")
                    .put("path", delivery.folder().orElseThrow())
                    .put("type", "Directory");
            return Optional.of(volume);
        }
        return Optional.empty();
    }

    @Override
    public List<ObjectNode> objects(String clusterId) {
        ObjectNode map = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", OBJECT + clusterId);
        map.putObject("data").put("parts", list() + "\n");
        ObjectNode binary = map.putObject("binaryData");
        binary.put("fetch.jar", Base64.getEncoder().encodeToString(FetchJar.bytes()));
        own.ifPresent(runner -> binary.put("runner.jar", encoded(runner)));
        return List.of(map);
    }

    private static String encoded(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
