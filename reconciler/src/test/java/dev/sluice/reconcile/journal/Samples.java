// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.Decision;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Notes;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.FailurePolicy;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.HealthRules;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.Program;
import dev.sluice.spec.Resources;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.Schedule;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.KnownState;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values for the journal's tests, each with as many parts filled as it can have. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    public static final CommitId COMMIT = new CommitId("3f2a91c0".repeat(5));
    public static final JobKey KEY = new JobKey("shop", "test", "payments", "orders");
    public static final JobId ID = JobId.of(KEY, 1);

    private Samples() {}

    public static JobSpec spec(Program program) {
        return new JobSpec(
                KEY,
                new Ownership("oncall@example.com", "bills", Ownership.Criticality.HIGH),
                JobSpec.State.RUNNING,
                new FlinkTarget("1.20", "main", FlinkTarget.Mode.SESSION),
                program,
                List.of(new Artifact("a:b:1", Optional.of(Digest.of("a:b:1")))),
                new Resources(
                        4,
                        new Resources.Process(Optional.of("1g"), Optional.of(0.5)),
                        Resources.Process.UNSET,
                        Optional.of(2)),
                new TreeMap<>(Map.of("execution.checkpointing.interval", "30s")),
                UpgradePolicy.DEFAULT,
                FailurePolicy.DEFAULT,
                Optional.of(new Schedule("0 0 2 * * ?", ZoneId.of("Asia/Shanghai"))),
                List.of("payments/catalog"),
                new HealthRules(
                        Optional.of(Duration.ofMinutes(10)),
                        Optional.of(3),
                        Optional.of(new HealthRules.Rate(0.8, Duration.ofMinutes(5))),
                        Optional.empty()),
                new TreeMap<>(Map.of("grafana", "https://grafana.example.com/{jobId}")),
                RuntimeOptions.NONE,
                new Lineage(
                        Optional.of("payments/order-stream"),
                        Optional.of(
                                new Lineage.Restore(Optional.of("s3://b/sp"), 1, Optional.empty())),
                        Optional.empty(),
                        true));
    }

    public static EffectiveJob job(String sql) {
        JobSpec spec = spec(new Program.Sql("jobs/payments/orders/job.sql", sql));
        return new EffectiveJob(spec, COMMIT, Digest.of(sql), "jobs/payments/orders/job.yaml");
    }

    public static StatePointer pointer(int attempt, long checkpoint) {
        return new StatePointer(
                StatePointer.Kind.SAVEPOINT,
                "file:/state/" + attempt + "/sp-" + checkpoint,
                JobId.of(KEY, attempt),
                attempt,
                checkpoint,
                NOW.minusSeconds(60 - checkpoint),
                "1.20");
    }

    public static RestoreFrom from(long checkpoint) {
        return new RestoreFrom.State(pointer(1, checkpoint));
    }

    public static JobRecord record(Phase phase) {
        return new JobRecord(
                KEY,
                1,
                phase,
                Optional.of(job("INSERT INTO a SELECT * FROM b")),
                Optional.of(from(3)),
                Optional.of(job("INSERT INTO a SELECT 1 FROM b")),
                List.of(pointer(1, 5), pointer(1, 4)),
                Optional.of(NOW),
                List.of(NOW.minusSeconds(5)),
                2,
                Notes.NONE);
    }

    public static Phase.Stopping stopping() {
        return new Phase.Stopping(
                TriggerId.of(KEY, 1, "p1", 1),
                "shop/1-p1-1",
                1,
                "p1",
                SavepointFormat.NATIVE,
                new Phase.Stable(ID, NOW),
                NOW);
    }

    public static Step stop() {
        return new Step.StopWithSavepoint(
                job("INSERT INTO a SELECT * FROM b"),
                1,
                ID,
                stopping().trigger(),
                stopping().directory(),
                SavepointFormat.NATIVE);
    }

    public static Step start(int attempt) {
        return new Step.Start(
                job("INSERT INTO a SELECT * FROM b"),
                attempt,
                JobId.of(KEY, attempt),
                from(3),
                List.of(new EarlierAttempts(KEY, attempt - 1, Optional.of(ID))),
                Optional.of(
                        KnownState.of(List.of(pointer(1, 3)), Optional.empty(), Optional.empty())));
    }

    public static Decision act(JobRecord next, Step step) {
        return new Decision(
                next, Optional.of(step), List.of(), Reason.SpecChanged, Optional.empty());
    }

    public static Decision rest(JobRecord next, Reason reason) {
        return new Decision(next, Optional.empty(), List.of(), reason, Optional.empty());
    }
}
