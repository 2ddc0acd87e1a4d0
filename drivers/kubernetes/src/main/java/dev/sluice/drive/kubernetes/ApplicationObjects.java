// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.isolation.NativeCluster;
import dev.sluice.drive.isolation.NativeRequest;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.JobSpec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the objects of an attempt: Flink's own, with the job's pod template and a check of its jar. */
final class ApplicationObjects {
    static final String LOGGING = String.join(
            "\n",
            "rootLogger.level = INFO",
            "rootLogger.appenderRef.console.ref = Console",
            "appender.console.name = Console",
            "appender.console.type = CONSOLE",
            "appender.console.layout.type = PatternLayout",
            "appender.console.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n",
            "");

    private final FlinkWorkers workers;

    ApplicationObjects(FlinkWorkers workers) {
        this.workers = requireNonNull(workers, "workers is null");
    }

    /** @param jar the program where the pods find it */
    NativeCluster make(
            FlinkHome home,
            StartRequest request,
            ApplicationSettings settings,
            Submission submission,
            Path jar)
            throws WorkerFailure {
        JobSpec spec = request.job().spec();
        JsonNode template = template(spec);
        NativeCluster made = workers.kubernetes(
                home,
                new NativeRequest(
                        settings.of(request, submission, jar.toString()),
                        LOGGING,
                        named(template).toString(),
                        Optional.of(new NativeRequest.Main(
                                submission.mainClass(), submission.arguments()))));
        ObjectNode deployment = Json.read(made.deployment());
        ObjectNode pod = deployment.withObject("spec").withObject("template");
        JsonNode merged = checking(Json.merge(template, pod), submission, jar);
        deployment.withObject("spec").set("template", merged);
        Attempt attempt = new Attempt(spec.key(), request.attempt());
        ObjectNode metadata = deployment.withObject("metadata");
        attempt.labels().forEach(metadata.withObject("labels")::put);
        metadata.withObject("labels")
                .put("sluice.dev/flink-version", spec.flink().version());
        metadata.withObject("annotations")
                .put("sluice.dev/commit", request.job().commit().toString())
                .put("sluice.dev/digest", request.job().digest().toString());
        Entrances.address(spec)
                .ifPresent(url -> metadata.withObject("annotations").put(Entrances.ADDRESS, url));
        return new NativeCluster(deployment.toString(), made.resources());
    }

    static JsonNode template(JobSpec spec) {
        return template(spec.runtime().kubernetes());
    }

    /** A pod template with its DNS block; everything in it may be overruled by Flink. */
    static JsonNode template(SortedMap<String, String> options) {
        JsonNode template = Json.read(options.getOrDefault("podTemplate", "{}"));
        ObjectNode pod = Json.object();
        ObjectNode dns = Json.nested(options, "dns");
        dns.optional("policy").ifPresent(policy -> pod.withObject("spec").set("dnsPolicy", policy));
        dns.remove("policy");
        if (!dns.isEmpty()) {
            pod.withObject("spec").set("dnsConfig", dns);
        }
        return Json.merge(template, pod);
    }

    /** A pod template as a file has a kind. */
    static JsonNode named(JsonNode template) {
        return Json.merge(template, Json.read("{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}"));
    }

    /** A container before Flink's that ends well only when the program has the digest of the commit. */
    private static JsonNode checking(JsonNode pod, Submission submission, Path jar) {
        ObjectNode merged = pod.asObject().deepCopy();
        ObjectNode spec = merged.withObject("spec");
        JsonNode main = main(spec);
        ObjectNode check = Json.object();
        check.put("name", "sluice-check");
        check.put("image", main.path("image").asString(""));
        check.put("imagePullPolicy", main.path("imagePullPolicy").asString("IfNotPresent"));
        check.putArray("command")
                .add("sh")
                .add("-c")
                .add("echo \"$1  $2\" | sha256sum -c")
                .add("check")
                .add(submission.jarDigest().hex())
                .add(jar.toString());
        check.set("volumeMounts", main.path("volumeMounts"));
        // Costs nothing, because they never run at once, and a quota may ask for it.
        check.set("resources", main.path("resources"));
        spec.withArray("initContainers").add(check);
        return merged;
    }

    private static JsonNode main(JsonNode spec) {
        return spec.path("containers")
                .valueStream()
                .filter(container ->
                        container.path("name").asString("").equals("flink-main-container"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Flink made no main container"));
    }
}
