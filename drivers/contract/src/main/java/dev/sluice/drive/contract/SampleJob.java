// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.contract;

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
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.UpgradePolicy;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A SQL job for tests. */
public record SampleJob(
        JobKey key, String flinkVersion, String sql, int parallelism, FlinkTarget.Mode mode) {
    /** A job of a session cluster. */
    public SampleJob(JobKey key, String flinkVersion, String sql, int parallelism) {
        this(key, flinkVersion, sql, parallelism, FlinkTarget.Mode.SESSION);
    }

    public SampleJob withSql(String text) {
        return new SampleJob(key, flinkVersion, text, parallelism, mode);
    }

    public SampleJob withParallelism(int number) {
        return new SampleJob(key, flinkVersion, sql, number, mode);
    }

    public EffectiveJob effective() {
        JobSpec spec = new JobSpec(
                key,
                new Ownership("team", "a test", Ownership.Criticality.NORMAL),
                JobSpec.State.RUNNING,
                new FlinkTarget(flinkVersion, "local", mode),
                new Program.Sql("job.sql", sql),
                List.of(),
                new Resources(parallelism, Process.UNSET, Process.UNSET, Optional.empty()),
                new TreeMap<>(),
                UpgradePolicy.DEFAULT,
                FailurePolicy.DEFAULT,
                Optional.empty(),
                List.of(),
                HealthRules.NONE,
                new TreeMap<>(),
                RuntimeOptions.NONE,
                Lineage.PLAIN);
        return new EffectiveJob(spec, new CommitId("0".repeat(40)), Digest.of(sql), "job.yaml");
    }
}
