// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.Ownership.Criticality;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.SpecError.Severity;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.StatePointer;
import dev.sluice.web.view.FleetRow.Attempt;
import dev.sluice.web.view.FleetRow.Revision;
import dev.sluice.web.view.FleetRow.Status;
import dev.sluice.web.view.FleetRow.Target;
import dev.sluice.web.view.JobPage.CommitLine;
import dev.sluice.web.view.JobPage.Definition;
import dev.sluice.web.view.JobPage.LedgerEntry;
import dev.sluice.web.view.JobPage.Motive;
import dev.sluice.web.view.JobPage.PlannedStep;
import dev.sluice.web.view.JobPage.Standing;
import dev.sluice.web.view.JobPage.StoredPlan;
import dev.sluice.web.view.JobPage.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One job for every look the page has, at a fixed instant. */
public final class SampleJobs {
    public static final Instant NOW = Instant.parse("2026-11-21T04:11:45Z");
    public static final CommitId OLD = new CommitId("8b1f0c6e5d9a4b3c2d1e0f9a8b7c6d5e4f3a2b1c");
    public static final CommitId NEW = new CommitId("3f2a91c4e8b7d6a5f4c3b2a1908f7e6d5c4b3a29");

    static final String SQL = """
            CREATE TABLE orders (id BIGINT, amount DECIMAL(10, 2), at TIMESTAMP(3))
              WITH ('connector' = 'kafka', 'topic' = 'orders');

            INSERT INTO billing.enriched
            SELECT o.id, o.amount, c.country
            FROM orders AS o
            JOIN customers AS c ON o.id = c.order_id;
            """;
    static final String SPEC = """
            apiVersion: sluice/v1
            kind: Job
            name: orders
            team: payments
            flink: {version: "1.20", cluster: main, mode: application}
            """;

    private SampleJobs() {}

    public static List<JobPage> all() {
        return List.of(
                page(orders()),
                page(row("payments", "refunds", stable(), target("1.20", "main", 2))),
                page(row("payments", "settlement", progressing(), target("2.0", "main", 8))),
                page(blocked()),
                page(row("search", "clicks", stable(), target("2.0", "k8s", 4))),
                page(row("search", "index-feed", unknown(), target("2.0", "lab", 4))),
                page(row("search", "suggest", suspended(), target("1.20", "main", 1))),
                page(newcomer()),
                page(row("risk", "device-graph", stable(), target("1.18", "main", 12))));
    }

    public static JobPage page(FleetRow row) {
        StatePointer savepoint = pointer(row, StatePointer.Kind.SAVEPOINT, -1, "savepoint-1a2b3c");
        Evidence stopped = Evidence.of(savepoint).with("state", "1.4 GiB");
        return new JobPage(
                row,
                List.of(new PlannedStep("stop with savepoint", "native, into attempt 7's folder")),
                Optional.of(new StoredPlan(
                        "1f2e3d4c",
                        NEW,
                        List.of(
                                "-/+ payments/orders: restart (UPGRADE)",
                                "      step: stop with a native savepoint"))),
                List.of(
                        step(1, "start", "done", Evidence.of("restored", savepoint.path())),
                        step(2, "stop with savepoint", "done", stopped)),
                List.of(
                        new LedgerEntry(
                                pointer(row, StatePointer.Kind.CHECKPOINT, 812, "chk-812"),
                                Standing.LIVE,
                                OptionalLong.of(1_503_238_553)),
                        new LedgerEntry(savepoint, Standing.CONSUMED, OptionalLong.empty())),
                Optional.of(new Definition(SPEC, Optional.of(SQL))),
                Optional.of("java.io.IOException: broker not available"),
                List.of(finding()),
                List.of(new CommitLine(NEW, ago(120), "Wei Zhang", "Enrich orders by country")));
    }

    /** A healthy job of the team {@code payments}. */
    public static FleetRow orders() {
        return row("payments", "orders", stable(), target("1.20", "main", 4));
    }

    /** The same job, looked at closely at another moment. */
    public static JobPage lookedAt(JobPage page, Instant at) {
        FleetRow row = page.row();
        FleetRow looked = new FleetRow(
                row.key(),
                row.ownership(),
                row.status(),
                row.target(),
                row.revision(),
                row.attempt(),
                row.state(),
                row.links(),
                row.holds(),
                Optional.of(at));
        return new JobPage(
                looked,
                page.plan(),
                page.stored(),
                page.timeline(),
                page.ledger(),
                page.definition(),
                page.exception(),
                page.errors(),
                page.commits());
    }

    static FleetRow row(String team, String name, Status status, Target target) {
        JobKey key = key(team, name);
        Optional<CommitId> running = status.health() == Health.SUSPENDED
                ? Optional.empty()
                : Optional.of(status.phase().equals("Stable") ? NEW : OLD);
        return new FleetRow(
                key,
                Optional.of(new Ownership(
                        team + "-oncall@example.com",
                        "enriches " + name + " for billing",
                        name.equals("orders") ? Criticality.HIGH : Criticality.NORMAL)),
                status,
                Optional.of(target),
                new Revision(running, Optional.of(NEW)),
                new Attempt(7, Optional.of(JobId.of(key, 7))),
                Optional.of(new StatePointer(
                        StatePointer.Kind.CHECKPOINT,
                        "hdfs:///flink/state/prod/" + team + "/" + name + "/7/chk-812",
                        JobId.of(key, 7),
                        7,
                        812,
                        ago(40 + name.length() * 3L),
                        "1.20")),
                List.of(new Link("grafana", "https://grafana.example.com/d/flink?var-job=" + name)),
                List.of());
    }

    public static SpecError finding() {
        return new SpecError(
                Severity.ERROR,
                "unknown-field",
                new SourceLocation("jobs/payments/orders/job.yaml", 12, 3),
                Optional.of("payments/orders"),
                "/resource",
                "expected a known field, found 'resource'; did you mean 'resources'?",
                "rename the field");
    }

    static FleetRow blocked() {
        FleetRow row = row("payments", "ledger", blockedStatus(), target("1.20", "main", 4));
        Hold hold = new Hold(
                Reason.SavepointFailed,
                "two savepoints failed; restart the sink or allow lastCheckpoint");
        return new FleetRow(
                row.key(),
                row.ownership(),
                row.status(),
                row.target(),
                row.revision(),
                row.attempt(),
                row.state(),
                row.links(),
                List.of(hold));
    }

    /** A job whose first specification is not valid. */
    static FleetRow newcomer() {
        Hold hold = new Hold(
                Reason.SpecInvalid, "jobs/risk/scores/job.yaml:4:3 flink.version is missing");
        return new FleetRow(
                key("risk", "scores"),
                Optional.empty(),
                new Status(
                        StatusWords.of(new Phase.Absent()), Reason.SpecInvalid, "Absent", ago(300)),
                Optional.empty(),
                new Revision(Optional.empty(), Optional.of(NEW)),
                new Attempt(0, Optional.empty()),
                Optional.empty(),
                List.of(),
                List.of(hold));
    }

    static JobKey key(String team, String name) {
        return new JobKey("shop", "prod", team, name);
    }

    static Target target(String version, String cluster, int parallelism) {
        return new Target(version, cluster, parallelism);
    }

    static Instant ago(long seconds) {
        return NOW.minus(Duration.ofSeconds(seconds));
    }

    private static Status stable() {
        return status(Sync.SYNCED, Health.HEALTHY, Reason.Stable, "Stable", 86_400 * 3);
    }

    private static Status progressing() {
        return status(
                Sync.OUT_OF_SYNC, Health.PROGRESSING, Reason.SavepointInProgress, "Stopping", 14);
    }

    private static Status blockedStatus() {
        return status(Sync.OUT_OF_SYNC, Health.DEGRADED, Reason.SavepointFailed, "Blocked", 1260);
    }

    private static Status unknown() {
        return status(Sync.UNKNOWN, Health.UNKNOWN, Reason.ClusterUnknown, "Stable", 7200);
    }

    private static Status suspended() {
        return status(Sync.SYNCED, Health.SUSPENDED, Reason.InSync, "Suspended", 40_000);
    }

    private static Status status(Sync sync, Health health, Reason reason, String phase, long age) {
        return new Status(new StatusWords(sync, health), reason, phase, ago(age));
    }

    private static TimelineEntry step(int order, String verb, String outcome, Evidence evidence) {
        Motive motive = new Motive(
                NEW,
                Optional.of("Ann <ann@example.com>"),
                Optional.of("ann@example.com"),
                Optional.of("9f2c11aa"),
                "SpecChanged");
        return new TimelineEntry(ago(60L * order), 7, verb, outcome, motive, evidence);
    }

    private static StatePointer pointer(
            FleetRow row, StatePointer.Kind kind, long checkpoint, String folder) {
        String path = "hdfs:///flink/state/prod/" + row.key().display() + "/6/" + folder;
        JobId writer = JobId.of(row.key(), 6);
        return new StatePointer(kind, path, writer, 6, checkpoint, ago(150), "1.20");
    }
}
