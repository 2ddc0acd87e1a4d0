// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import dev.sluice.plan.Specs;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.HealthRules;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.Program;
import dev.sluice.spec.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Specs in which nothing is absent; one for each alternative. */
final class WholeSpecs {
    private static final JobSpec SQL = sql();

    static final List<JobSpec> ALL = List.of(
            SQL,
            with(
                    "program",
                    new Program.Jar(
                            new Artifact("a:b:1", Optional.of(Digest.of("a jar"))),
                            Optional.of("Main"),
                            List.of("--a"))),
            with("program", new Program.Python("job.py", Digest.of("print()"), List.of("--a"))),
            with(
                    "lineage",
                    new Lineage(
                            Optional.empty(),
                            Optional.of(new Lineage.Restore(
                                    Optional.of("file:/sp"), 1, Optional.empty())),
                            Optional.of(new Lineage.Adopt(
                                    Optional.of(new JobId("a".repeat(32))),
                                    Optional.empty(),
                                    Optional.empty())),
                            false)),
            with(
                    "lineage",
                    new Lineage(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(new Lineage.Adopt(
                                    Optional.empty(), Optional.empty(), Optional.of("flink-1"))),
                            false)));

    private WholeSpecs() {}

    private static JobSpec sql() {
        JobSpec spec = Specs.spec(Map.ofEntries(
                Map.entry("discardable", "a reason"),
                Map.entry("dependency", "a:b:1"),
                Map.entry("schedule", "0 0 * * * ?"),
                Map.entry("dependsOn", "payments/other"),
                Map.entry("formerly", "payments/old"),
                Map.entry("restore", "empty#1"),
                Map.entry("adopt", "yes"),
                Map.entry("conf.a", "1"),
                Map.entry("link.a", "https://a"),
                Map.entry("yarn.queue", "etl"),
                Map.entry("kubernetes.namespace", "flink")));
        Resources.Process process = new Resources.Process(Optional.of("1g"), Optional.of(1.0));
        HealthRules.Rate rate = new HealthRules.Rate(5, Duration.ofMinutes(10));
        HealthRules health = new HealthRules(
                Optional.of(Duration.ofMinutes(5)),
                Optional.of(3),
                Optional.of(rate),
                Optional.of(rate));
        FlinkTarget target =
                new FlinkTarget("1.20", "main", FlinkTarget.Mode.SESSION, Optional.of("small"));
        return with(
                with(
                        with(spec, "flink", target),
                        "resources",
                        new Resources(2, process, process, Optional.of(2))),
                "health",
                health);
    }

    private static JobSpec with(String component, Object value) {
        return with(SQL, component, value);
    }

    private static JobSpec with(JobSpec spec, String component, Object value) {
        return (JobSpec) Walk.with(spec, component, value);
    }
}
