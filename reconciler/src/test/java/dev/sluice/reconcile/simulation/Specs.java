// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.spec.FailurePolicy;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.HealthRules;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.JobSpec.State;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.Program;
import dev.sluice.spec.Resources;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.Schedule;
import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.UpgradePolicy.OnBadUpgrade;
import dev.sluice.spec.UpgradePolicy.OnSavepointFailure;
import dev.sluice.spec.UpgradePolicy.RollbackState;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Specs of simulated jobs: small, and different in what decides. */
final class Specs {
    private static final List<String> NAMES =
            List.of("orders", "refunds", "invoices", "audit", "report");

    /** Asked for at every event; a key checks its names by patterns each time it is made. */
    private static final List<JobKey> KEYS = NAMES.stream()
            .map(name -> new JobKey("shop", "test", "payments", name))
            .toList();

    private Specs() {}

    static int job(JobKey key) {
        return NAMES.indexOf(key.name());
    }

    static JobKey key(int job) {
        return KEYS.get(job);
    }

    /**
     * A spec.
     *
     * @param variant policies by its bits
     * @param nonce of {@code restore.empty}; 0 for none
     */
    static JobSpec spec(JobKey key, String sql, State state, int variant, long nonce) {
        Lineage lineage = nonce == 0
                ? Lineage.PLAIN
                : new Lineage(
                        Optional.empty(),
                        Optional.of(
                                new Lineage.Restore(Optional.empty(), nonce, Optional.of("told"))),
                        Optional.empty(),
                        false);
        return spec(key, new Program.Sql("job.sql", sql), state, policy(variant), lineage);
    }

    static JobSpec in(JobSpec spec, State state) {
        return copy(spec, state, spec.flink(), spec.resources(), spec.configuration());
    }

    /** The same spec with another parallelism; above 1, so that the graph stays. */
    static JobSpec scaled(JobSpec spec, int parallelism) {
        return copy(spec, spec.state(), spec.flink(), resources(parallelism), spec.configuration());
    }

    /** The same spec with another log level, which needs no restart. */
    static JobSpec logging(JobSpec spec, String level) {
        TreeMap<String, String> configuration = new TreeMap<>(spec.configuration());
        configuration.put("env.log.level", level);
        return copy(spec, spec.state(), spec.flink(), spec.resources(), configuration);
    }

    static JobSpec on(JobSpec spec, FlinkTarget.Mode mode, String cluster) {
        FlinkTarget target = new FlinkTarget("1.20", cluster, mode);
        return copy(spec, spec.state(), target, spec.resources(), spec.configuration());
    }

    private static Resources resources(int parallelism) {
        return new Resources(
                parallelism, Resources.Process.UNSET, Resources.Process.UNSET, Optional.empty());
    }

    private static JobSpec copy(
            JobSpec spec,
            State state,
            FlinkTarget target,
            Resources resources,
            SortedMap<String, String> configuration) {
        return new JobSpec(
                spec.key(),
                spec.ownership(),
                state,
                target,
                spec.program(),
                spec.dependencies(),
                resources,
                configuration,
                spec.upgrade(),
                spec.onFailure(),
                spec.schedule(),
                spec.dependsOn(),
                spec.health(),
                spec.links(),
                spec.runtime(),
                spec.lineage());
    }

    private static JobSpec spec(
            JobKey key, Program program, State state, UpgradePolicy policy, Lineage lineage) {
        return new JobSpec(
                key,
                new Ownership("team", "a purpose", Ownership.Criticality.NORMAL),
                state,
                new FlinkTarget("1.20", "main", FlinkTarget.Mode.SESSION),
                program,
                List.of(),
                resources(2),
                new TreeMap<>(Map.of(
                        "execution.checkpointing.interval", "10s",
                        "jobmanager.scheduler", "adaptive")),
                policy,
                FailurePolicy.DEFAULT,
                schedule(key),
                key.name().equals("invoices") ? List.of("payments/orders") : List.of(),
                HealthRules.NONE,
                new TreeMap<>(),
                new RuntimeOptions(new TreeMap<>(), new TreeMap<>()),
                lineage);
    }

    /** The last job is a batch job. */
    private static Optional<Schedule> schedule(JobKey key) {
        return key.name().equals("report")
                ? Optional.of(new Schedule("0 0/2 * * * ?", ZoneOffset.UTC))
                : Optional.empty();
    }

    private static UpgradePolicy policy(int variant) {
        return new UpgradePolicy(
                Optional.empty(),
                Duration.ofMinutes(variant % 7 == 1 ? 1 : 10),
                SavepointFormat.NATIVE,
                variant % 2 == 0 ? OnSavepointFailure.HOLD : OnSavepointFailure.LAST_CHECKPOINT,
                Duration.ofMinutes(variant % 11 == 1 ? 1 : 600),
                false,
                Optional.of(Duration.ofSeconds(variant % 5 == 1 ? 60 : 20)),
                variant % 3 == 0 ? OnBadUpgrade.HOLD : OnBadUpgrade.ROLLBACK,
                RollbackState.NEWEST,
                false);
    }
}
