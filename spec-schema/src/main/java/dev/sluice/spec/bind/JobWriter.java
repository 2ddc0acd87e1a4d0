// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.Artifact;
import dev.sluice.spec.FailurePolicy;
import dev.sluice.spec.HealthRules;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.Program;
import dev.sluice.spec.Resources;
import dev.sluice.spec.UpgradePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An effective job as a tree of sorted maps, lists and scalars in the shape of {@code job.yaml}. What
 * equals a built-in default is left out, so that a field added later changes no older text.
 */
public final class JobWriter {
    private JobWriter() {}

    public static SortedMap<String, Object> write(JobSpec spec) {
        SortedMap<String, Object> job = new TreeMap<>();
        job.put("repository", spec.key().repository());
        job.put("environment", spec.key().environment());
        job.put("team", spec.key().team());
        job.put("name", spec.key().name());
        put(job, "owner", spec.ownership().owner(), spec.key().team());
        put(job, "purpose", spec.ownership().purpose(), "");
        put(job, "criticality", Words.of(spec.ownership().criticality()), "normal");
        put(job, "state", Words.of(spec.state()), "running");
        job.put("flink", flink(spec));
        program(spec.program(), job);
        put(job, "dependencies", coordinates(spec.dependencies()), List.of());
        put(job, "artifacts", digests(spec), Map.of());
        put(job, "resources", resources(spec.resources()), Map.of());
        put(job, "configuration", spec.configuration(), Map.of());
        put(job, "upgrade", upgrade(spec.upgrade()), Map.of());
        put(job, "onFailure", onFailure(spec.onFailure()), Map.of());
        spec.schedule()
                .ifPresent(schedule -> job.put(
                        "schedule",
                        sorted(
                                "cron",
                                schedule.cron(),
                                "timeZone",
                                schedule.timeZone().getId())));
        put(job, "dependsOn", spec.dependsOn(), List.of());
        put(job, "health", health(spec.health()), Map.of());
        put(job, "links", spec.links(), Map.of());
        put(job, "kubernetes", spec.runtime().kubernetes(), Map.of());
        put(job, "yarn", spec.runtime().yarn(), Map.of());
        lineage(spec.lineage(), job);
        return job;
    }

    private static SortedMap<String, Object> flink(JobSpec spec) {
        SortedMap<String, Object> flink = sorted(
                "version", spec.flink().version(),
                "cluster", spec.flink().cluster(),
                "mode", Words.of(spec.flink().mode()));
        spec.flink().session().ifPresent(session -> flink.put("session", session));
        return flink;
    }

    private static void program(Program program, SortedMap<String, Object> job) {
        if (program instanceof Program.Sql sql) {
            job.put("sql", sorted("file", sql.file(), "text", sql.text()));
        } else if (program instanceof Program.Jar jar) {
            SortedMap<String, Object> map = sorted("artifact", jar.artifact().coordinate());
            jar.mainClass().ifPresent(name -> map.put("mainClass", name));
            put(map, "args", jar.args(), List.of());
            job.put("jar", map);
        } else if (program instanceof Program.Python python) {
            SortedMap<String, Object> map =
                    sorted("file", python.file(), "sha256", python.digest().hex());
            put(map, "args", python.args(), List.of());
            job.put("python", map);
        }
    }

    private static List<String> coordinates(List<Artifact> artifacts) {
        return artifacts.stream().map(Artifact::coordinate).toList();
    }

    private static SortedMap<String, Object> digests(JobSpec spec) {
        SortedMap<String, Object> digests = new TreeMap<>();
        Stream<Artifact> jar = spec.program() instanceof Program.Jar program
                ? Stream.of(program.artifact())
                : Stream.of();
        Stream.concat(jar, spec.dependencies().stream())
                .forEach(artifact -> artifact.digest()
                        .ifPresent(digest -> digests.put(artifact.coordinate(), digest.hex())));
        return digests;
    }

    private static SortedMap<String, Object> resources(Resources resources) {
        SortedMap<String, Object> map = new TreeMap<>();
        put(map, "parallelism", resources.parallelism(), 1);
        put(map, "jobManager", process(resources.jobManager()), Map.of());
        SortedMap<String, Object> taskManager = process(resources.taskManager());
        resources.slots().ifPresent(slots -> taskManager.put("slots", slots));
        put(map, "taskManager", taskManager, Map.of());
        return map;
    }

    private static SortedMap<String, Object> process(Resources.Process process) {
        SortedMap<String, Object> map = new TreeMap<>();
        process.memory().ifPresent(memory -> map.put("memory", memory));
        process.cpu().ifPresent(cpu -> map.put("cpu", cpu));
        return map;
    }

    private static SortedMap<String, Object> upgrade(UpgradePolicy policy) {
        UpgradePolicy builtIn = UpgradePolicy.DEFAULT;
        SortedMap<String, Object> map = new TreeMap<>();
        policy.discardableReason().ifPresent(reason -> {
            map.put("state", "discardable");
            map.put("reason", reason);
        });
        put(
                map,
                "savepointTimeout",
                Durations.write(policy.savepointTimeout()),
                Durations.write(builtIn.savepointTimeout()));
        put(map, "savepointFormat", Words.of(policy.savepointFormat()), "native");
        put(map, "onSavepointFailure", Words.of(policy.onSavepointFailure()), "hold");
        put(
                map,
                "maxStateAge",
                Durations.write(policy.maxStateAge()),
                Durations.write(builtIn.maxStateAge()));
        put(map, "allowNonRestoredState", policy.allowNonRestoredState(), false);
        put(map, "soak", Durations.write(policy.soak()), Durations.write(builtIn.soak()));
        put(map, "onBadUpgrade", Words.of(policy.onBadUpgrade()), "hold");
        return map;
    }

    private static SortedMap<String, Object> onFailure(FailurePolicy policy) {
        FailurePolicy builtIn = FailurePolicy.DEFAULT;
        SortedMap<String, Object> map = new TreeMap<>();
        put(map, "restarts", policy.restarts(), builtIn.restarts());
        put(map, "window", Durations.write(policy.window()), Durations.write(builtIn.window()));
        put(map, "backoff", Durations.write(policy.backoff()), Durations.write(builtIn.backoff()));
        return map;
    }

    private static SortedMap<String, Object> health(HealthRules rules) {
        SortedMap<String, Object> map = new TreeMap<>();
        rules.checkpointAge().ifPresent(age -> map.put("checkpointAge", Durations.write(age)));
        rules.failedCheckpoints().ifPresent(count -> map.put("failedCheckpoints", count));
        rules.restarts().ifPresent(rate -> map.put("restarts", HealthBinder.write(rate)));
        rules.backpressure().ifPresent(rate -> map.put("backpressure", HealthBinder.write(rate)));
        return map;
    }

    private static void lineage(Lineage lineage, SortedMap<String, Object> job) {
        lineage.formerly().ifPresent(key -> job.put("formerly", key));
        lineage.restore().ifPresent(restore -> {
            SortedMap<String, Object> map = sorted("nonce", restore.nonce());
            restore.from()
                    .ifPresentOrElse(from -> map.put("from", from), () -> map.put("empty", true));
            restore.reason().ifPresent(reason -> map.put("reason", reason));
            job.put("restore", map);
        });
        lineage.adopt().ifPresent(adopt -> job.put("adopt", adopt(adopt)));
        put(job, "ignoreUnmanaged", lineage.ignoreUnmanaged(), false);
    }

    private static SortedMap<String, Object> adopt(Lineage.Adopt adopt) {
        SortedMap<String, Object> map = new TreeMap<>();
        adopt.jobId().ifPresent(id -> map.put("jobId", id.hex()));
        adopt.applicationId().ifPresent(id -> map.put("applicationId", id));
        adopt.clusterId().ifPresent(id -> map.put("clusterId", id));
        return map;
    }

    private static void put(
            SortedMap<String, Object> map, String key, Object value, Object builtIn) {
        if (!Optional.of(value).filter(builtIn::equals).isPresent()) {
            map.put(key, value);
        }
    }

    private static SortedMap<String, Object> sorted(Object... pairs) {
        SortedMap<String, Object> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
