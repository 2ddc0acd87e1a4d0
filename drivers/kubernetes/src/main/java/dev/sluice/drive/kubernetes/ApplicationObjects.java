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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the objects of an attempt: Flink's own, with the job's pod template and its program. */
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

    /** Flink's own, and in front of them what belongs to the program. */
    NativeCluster make(
            FlinkHome home,
            StartRequest request,
            ApplicationSettings settings,
            Submission submission,
            PodProgram program)
            throws WorkerFailure {
        JobSpec spec = request.job().spec();
        Attempt attempt = new Attempt(spec.key(), request.attempt());
        SortedMap<String, String> options = spec.runtime().kubernetes();
        JsonNode template = ResolvConf.into(template(options), options, attempt.clusterId());
        NativeCluster made = workers.kubernetes(
                home,
                new NativeRequest(
                        settings.of(request, submission, program.path()),
                        LOGGING,
                        named(template).toString(),
                        Optional.of(new NativeRequest.Main(
                                submission.mainClass(), submission.arguments()))));
        ObjectNode deployment = Json.read(made.deployment());
        ObjectNode pod = deployment.withObject("spec").withObject("template");
        JsonNode merged = program.into(Json.merge(template, pod), attempt.clusterId());
        deployment.withObject("spec").set("template", merged);
        ObjectNode metadata = deployment.withObject("metadata");
        attempt.labels().forEach(metadata.withObject("labels")::put);
        metadata.withObject("labels")
                .put("sluice.dev/flink-version", spec.flink().version());
        metadata.withObject("annotations")
                .put("sluice.dev/commit", request.job().commit().toString())
                .put("sluice.dev/digest", request.job().digest().toString());
        Entrances.address(spec)
                .ifPresent(url -> metadata.withObject("annotations").put(Entrances.ADDRESS, url));
        // In this order: where Flink's own are there, nothing else is missing.
        List<String> resources = new ArrayList<>();
        program.objects(attempt.clusterId()).forEach(object -> resources.add(object.toString()));
        ResolvConf.objects(options, attempt.clusterId())
                .forEach(object -> resources.add(object.toString()));
        resources.addAll(made.resources());
        return new NativeCluster(deployment.toString(), resources);
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
        dns.remove(List.of("policy", "resolvConf"));
        if (!dns.isEmpty()) {
            pod.withObject("spec").set("dnsConfig", dns);
        }
        return Json.merge(template, pod);
    }

    /** A pod template as a file has a kind. */
    static JsonNode named(JsonNode template) {
        return Json.merge(template, Json.read("{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}"));
    }
}
