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
import dev.sluice.spec.yaml.Pointers;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An effective job as a tree of sorted maps, lists and scalars in the shape of {@code job.yaml}. */
public final class JobWriter {
    private JobWriter() {}

    /**
     * Without what equals a {@linkplain BuiltIn built-in default}, so that a field added later changes
     * no older text.
     */
    public static SortedMap<String, Object> write(JobSpec spec) {
        return without(complete(spec), "", BuiltIn.of(spec.key()));
    }

    private static SortedMap<String, Object> without(
            Map<?, ?> map, String pointer, SortedMap<String, Object> builtIn) {
        SortedMap<String, Object> said = new TreeMap<>();
        map.forEach((key, value) -> {
            String child = Pointers.child(pointer, key.toString());
            Object kept = value instanceof Map<?, ?> inner ? without(inner, child, builtIn) : value;
            if (!kept.equals(builtIn.get(child)) && !kept.equals(Map.of())) {
                said.put(key.toString(), kept);
            }
        });
        return said;
    }

    /** With every value that is in force, built-in defaults too. */
    public static SortedMap<String, Object> complete(JobSpec spec) {
        SortedMap<String, Object> job = new TreeMap<>();
        job.put("repository", spec.key().repository());
        job.put("environment", spec.key().environment());
        job.put("team", spec.key().team());
        job.put("name", spec.key().name());
        job.put("owner", spec.ownership().owner());
        job.put("purpose", spec.ownership().purpose());
        job.put("criticality", Words.of(spec.ownership().criticality()));
        job.put("state", Words.of(spec.state()));
        job.put("flink", flink(spec));
        program(spec.program(), job);
        job.put("dependencies", coordinates(spec.dependencies()));
        job.put("artifacts", digests(spec));
        job.put("resources", resources(spec.resources()));
        job.put("configuration", spec.configuration());
        job.put("upgrade", upgrade(spec.upgrade()));
        job.put("onFailure", onFailure(spec.onFailure()));
        spec.schedule()
                .ifPresent(schedule -> job.put(
                        "schedule",
                        sorted(
                                "cron",
                                schedule.cron(),
                                "timeZone",
                                schedule.timeZone().getId())));
        job.put("dependsOn", spec.dependsOn());
        job.put("health", health(spec.health()));
        job.put("links", spec.links());
        job.put("kubernetes", spec.runtime().kubernetes());
        job.put("yarn", spec.runtime().yarn());
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
            map.put("args", jar.args());
            job.put("jar", map);
        } else if (program instanceof Program.Python python) {
            SortedMap<String, Object> map =
                    sorted("file", python.file(), "sha256", python.digest().hex());
            map.put("args", python.args());
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
        map.put("parallelism", resources.parallelism());
        map.put("jobManager", process(resources.jobManager()));
        SortedMap<String, Object> taskManager = process(resources.taskManager());
        resources.slots().ifPresent(slots -> taskManager.put("slots", slots));
        map.put("taskManager", taskManager);
        return map;
    }

    private static SortedMap<String, Object> process(Resources.Process process) {
        SortedMap<String, Object> map = new TreeMap<>();
        process.memory().ifPresent(memory -> map.put("memory", memory));
        process.cpu().ifPresent(cpu -> map.put("cpu", cpu));
        return map;
    }

    private static SortedMap<String, Object> upgrade(UpgradePolicy policy) {
        SortedMap<String, Object> map = sorted("state", "required");
        policy.discardableReason().ifPresent(reason -> {
            map.put("state", "discardable");
            map.put("reason", reason);
        });
        map.put("savepointTimeout", Durations.write(policy.savepointTimeout()));
        map.put("savepointFormat", Words.of(policy.savepointFormat()));
        map.put("onSavepointFailure", Words.of(policy.onSavepointFailure()));
        map.put("maxStateAge", Durations.write(policy.maxStateAge()));
        map.put("allowNonRestoredState", policy.allowNonRestoredState());
        policy.soak().ifPresent(soak -> map.put("soak", Durations.write(soak)));
        map.put("onBadUpgrade", Words.of(policy.onBadUpgrade()));
        map.put("rollbackState", Words.of(policy.rollbackState()));
        map.put("supersede", policy.supersede());
        return map;
    }

    private static SortedMap<String, Object> onFailure(FailurePolicy policy) {
        return sorted(
                "restarts", policy.restarts(),
                "window", Durations.write(policy.window()),
                "backoff", Durations.write(policy.backoff()));
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
        job.put("ignoreUnmanaged", lineage.ignoreUnmanaged());
    }

    private static SortedMap<String, Object> adopt(Lineage.Adopt adopt) {
        SortedMap<String, Object> map = new TreeMap<>();
        adopt.jobId().ifPresent(id -> map.put("jobId", id.hex()));
        adopt.applicationId().ifPresent(id -> map.put("applicationId", id));
        adopt.clusterId().ifPresent(id -> map.put("clusterId", id));
        return map;
    }

    private static SortedMap<String, Object> sorted(Object... pairs) {
        SortedMap<String, Object> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
