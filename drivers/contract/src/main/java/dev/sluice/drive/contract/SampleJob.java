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
import java.util.SortedMap;
import java.util.TreeMap;

/** A SQL job for tests. */
public record SampleJob(
        JobKey key, String flinkVersion, String sql, int parallelism, Placement placement) {
    /**
     * Where and with what it runs.
     *
     * @param session the declared session cluster, where one is named
     */
    public record Placement(
            FlinkTarget.Mode mode,
            Optional<String> session,
            Process jobManager,
            Process taskManager,
            SortedMap<String, String> configuration,
            RuntimeOptions runtime) {
        /** Without a named session cluster. */
        public Placement(
                FlinkTarget.Mode mode,
                Process jobManager,
                Process taskManager,
                SortedMap<String, String> configuration,
                RuntimeOptions runtime) {
            this(mode, Optional.empty(), jobManager, taskManager, configuration, runtime);
        }

        /** In a declared session cluster. */
        public static Placement in(String session) {
            return new Placement(
                    FlinkTarget.Mode.SESSION,
                    Optional.of(session),
                    Process.UNSET,
                    Process.UNSET,
                    new TreeMap<>(),
                    RuntimeOptions.NONE);
        }

        /** A session cluster that has what it needs. */
        public static final Placement SESSION = new Placement(
                FlinkTarget.Mode.SESSION,
                Process.UNSET,
                Process.UNSET,
                new TreeMap<>(),
                RuntimeOptions.NONE);
    }

    /** On a session cluster. */
    public SampleJob(JobKey key, String flinkVersion, String sql, int parallelism) {
        this(key, flinkVersion, sql, parallelism, Placement.SESSION);
    }

    /** In another mode, with what Flink has by default. */
    public SampleJob(
            JobKey key, String flinkVersion, String sql, int parallelism, FlinkTarget.Mode mode) {
        this(
                key,
                flinkVersion,
                sql,
                parallelism,
                new Placement(
                        mode, Process.UNSET, Process.UNSET, new TreeMap<>(), RuntimeOptions.NONE));
    }

    public FlinkTarget.Mode mode() {
        return placement.mode();
    }

    public SampleJob withSql(String text) {
        return new SampleJob(key, flinkVersion, text, parallelism, placement);
    }

    public SampleJob withParallelism(int number) {
        return new SampleJob(key, flinkVersion, sql, number, placement);
    }

    public EffectiveJob effective() {
        JobSpec spec = new JobSpec(
                key,
                new Ownership("team", "a test", Ownership.Criticality.NORMAL),
                JobSpec.State.RUNNING,
                new FlinkTarget(flinkVersion, "local", placement.mode(), placement.session()),
                new Program.Sql("job.sql", sql),
                List.of(),
                new Resources(
                        parallelism,
                        placement.jobManager(),
                        placement.taskManager(),
                        Optional.empty()),
                placement.configuration(),
                UpgradePolicy.DEFAULT,
                FailurePolicy.DEFAULT,
                Optional.empty(),
                List.of(),
                HealthRules.NONE,
                new TreeMap<>(),
                placement.runtime(),
                Lineage.PLAIN);
        return new EffectiveJob(spec, new CommitId("0".repeat(40)), Digest.of(sql), "job.yaml");
    }
}
