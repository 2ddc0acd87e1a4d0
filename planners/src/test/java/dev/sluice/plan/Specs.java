// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.Artifact;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.FailurePolicy;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.HealthRules;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.Program;
import dev.sluice.spec.Resources;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.Schedule;
import dev.sluice.spec.UpgradePolicy;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds specs from short {@code name=value} settings; whatever is not set has a plain default. */
public final class Specs {
    public static final JobKey ORDERS = new JobKey("shop", "test", "payments", "orders");

    private final SortedMap<String, String> settings;

    private Specs(Map<String, String> settings) {
        this.settings = new TreeMap<>(settings);
    }

    public static JobSpec spec(Map<String, String> settings) {
        return new Specs(settings).build(ORDERS);
    }

    public static JobSpec spec(JobKey key, Map<String, String> settings) {
        return new Specs(settings).build(key);
    }

    /** The effective job of the n-th commit. */
    public static EffectiveJob job(int commit, JobSpec spec) {
        return new EffectiveJob(
                spec, commit(commit), Digest.of(spec.toString()), "jobs/orders/job.yaml");
    }

    public static CommitId commit(int number) {
        return new CommitId(String.format("%08d", number) + "0".repeat(32));
    }

    private JobSpec build(JobKey key) {
        return new JobSpec(
                key,
                new Ownership(get("owner", "team"), "a purpose", Ownership.Criticality.NORMAL),
                JobSpec.State.valueOf(get("state", "running").toUpperCase(Locale.ROOT)),
                new FlinkTarget(
                        get("version", "1.20"),
                        get("cluster", "main"),
                        FlinkTarget.Mode.valueOf(get("mode", "session").toUpperCase(Locale.ROOT))),
                program(),
                find("dependency").map(name -> List.of(artifact(name))).orElse(List.of()),
                new Resources(
                        Integer.parseInt(get("parallelism", "1")),
                        new Resources.Process(find("memory"), Optional.empty()),
                        Resources.Process.UNSET,
                        Optional.empty()),
                prefixed("conf."),
                policy(),
                new FailurePolicy(
                        Integer.parseInt(get("restarts", "3")),
                        Duration.parse(get("window", "PT30M")),
                        Duration.parse(get("backoff", "PT30S"))),
                find("schedule").map(cron -> new Schedule(cron, ZoneId.of("UTC"))),
                find("dependsOn").map(List::of).orElse(List.of()),
                HealthRules.NONE,
                prefixed("link."),
                new RuntimeOptions(prefixed("kubernetes."), prefixed("yarn.")),
                lineage());
    }

    private Program program() {
        if (settings.containsKey("jar")) {
            return new Program.Jar(artifact(settings.get("jar")), Optional.empty(), List.of());
        }
        return new Program.Sql(get("file", "job.sql"), get("sql", "v1"));
    }

    /** {@code coordinate@digest}, where the digest is any text. */
    private static Artifact artifact(String text) {
        String[] parts = text.split("@", 2);
        Optional<Digest> digest =
                parts.length == 2 ? Optional.of(Digest.of(parts[1])) : Optional.empty();
        return new Artifact(parts[0], digest);
    }

    private UpgradePolicy policy() {
        return new UpgradePolicy(
                find("discardable"),
                Duration.parse(get("savepointTimeout", "PT10M")),
                UpgradePolicy.SavepointFormat.valueOf(get("savepointFormat", "NATIVE")),
                UpgradePolicy.OnSavepointFailure.valueOf(get("onSavepointFailure", "HOLD")),
                Duration.parse(get("maxStateAge", "PT15M")),
                Boolean.parseBoolean(get("allowNonRestoredState", "false")),
                Optional.of(get("soak", "PT1M"))
                        .filter(text -> !text.equals("unsaid"))
                        .map(Duration::parse),
                UpgradePolicy.OnBadUpgrade.valueOf(get("onBadUpgrade", "HOLD")),
                UpgradePolicy.RollbackState.valueOf(get("rollbackState", "NEWEST")),
                Boolean.parseBoolean(get("supersede", "false")));
    }

    /** {@code restore=path#nonce}; the path {@code empty} asks for an empty start. */
    private Lineage lineage() {
        Optional<Lineage.Restore> restore = find("restore").map(text -> {
            String[] parts = text.split("#");
            boolean isEmpty = parts[0].equals("empty");
            return new Lineage.Restore(
                    isEmpty ? Optional.empty() : Optional.of(parts[0]),
                    Long.parseLong(parts[1]),
                    isEmpty ? Optional.of("told so") : Optional.empty());
        });
        Optional<Lineage.Adopt> adopt = find("adopt")
                .map(ignored -> new Lineage.Adopt(
                        Optional.empty(), Optional.of("application_1"), Optional.empty()));
        return new Lineage(
                find("formerly"),
                restore,
                adopt,
                Boolean.parseBoolean(get("ignoreUnmanaged", "false")));
    }

    private SortedMap<String, String> prefixed(String prefix) {
        SortedMap<String, String> found = new TreeMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    private String get(String name, String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }
}
