// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.api;

import dev.sluice.web.view.BuildInfo;
import dev.sluice.web.view.EnvironmentPage;
import dev.sluice.web.view.EnvironmentPage.ClusterRow;
import dev.sluice.web.view.EnvironmentPage.Reach;
import dev.sluice.web.view.FleetRow;
import dev.sluice.web.view.FleetRow.Target;
import dev.sluice.web.view.Health;
import dev.sluice.web.view.MetricsSnapshot;
import dev.sluice.web.view.StatusView;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything as Prometheus metrics, built anew at each scrape from the view: no registry keeps a
 * series alive, so a job that is gone from the fleet is gone from the next scrape.
 */
public final class Metrics {
    /** Of the text this writes. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private Metrics() {}

    /** The scrape in Prometheus's text format, 0.0.4. */
    public static String scrape(StatusView view) {
        List<MetricSnapshot> families = new ArrayList<>();
        String environment = view.environment().environment();
        families.addAll(jobs(environment, view.fleet()));
        families.addAll(loop(view.metrics()));
        families.addAll(effects(view.metrics()));
        families.addAll(surroundings(view.environment()));
        families.add(build(view.build()));
        return text(new MetricSnapshots(families));
    }

    private static List<MetricSnapshot> jobs(String environment, List<FleetRow> rows) {
        List<FleetRow> withState =
                rows.stream().filter(row -> row.state().isPresent()).toList();
        return List.of(
                Families.info(
                        "sluice_job_info",
                        "What each job is and how it stands.",
                        rows,
                        row -> facts(environment, row)),
                Families.gauges(
                        "sluice_job_suspended",
                        "1 while the job is suspended.",
                        rows,
                        row -> identity(environment, row),
                        row -> row.status().health() == Health.SUSPENDED ? 1.0 : 0.0),
                Families.gauges(
                        "sluice_job_last_checkpoint_timestamp_seconds",
                        "When the newest checkpoint or savepoint of the job completed.",
                        withState,
                        row -> identity(environment, row),
                        row -> row.state().orElseThrow().completedAt().toEpochMilli() / 1e3));
    }

    private static Labels identity(String environment, FleetRow row) {
        return Labels.of("env", environment, "job", row.key().display());
    }

    private static Labels facts(String environment, FleetRow row) {
        return identity(environment, row)
                .merge(Labels.of(
                        "team",
                        row.key().team(),
                        "cluster",
                        row.target().map(Target::cluster).orElse(""),
                        "flink_version",
                        row.target().map(Target::flinkVersion).orElse(""),
                        "sync_status",
                        row.status().sync().word(),
                        "health_status",
                        row.status().health().word()));
    }

    private static List<MetricSnapshot> loop(MetricsSnapshot metrics) {
        List<MetricSnapshot> families = new ArrayList<>();
        families.add(outcomes("sluice_reconcile", "Reconciliations.", metrics.reconciliations()));
        families.add(Families.histogram(
                "sluice_reconcile_duration_seconds",
                "How long reconciliations took.",
                metrics.reconcileDuration()));
        metrics.lastSuccess()
                .ifPresent(at -> families.add(Families.gauge(
                        "sluice_reconcile_last_success_timestamp_seconds",
                        "End of the last reconciliation that went through.",
                        at.toEpochMilli() / 1e3)));
        families.add(Families.gauge(
                "sluice_queue_depth", "Jobs that wait to be looked at.", metrics.queueDepth()));
        return families;
    }

    private static List<MetricSnapshot> effects(MetricsSnapshot metrics) {
        return List.of(
                outcomes("sluice_git_fetch", "Fetches of the job repository.", metrics.fetches()),
                Families.histogram(
                        "sluice_git_fetch_duration_seconds",
                        "How long fetches took.",
                        metrics.fetchDuration()),
                Families.counters(
                        "sluice_plan_steps",
                        "Steps taken on clusters.",
                        metrics.steps(),
                        step -> Labels.of("action", step.action(), "outcome", step.outcome())),
                Families.histogram(
                        "sluice_savepoint_duration_seconds",
                        "How long stopping with a savepoint took.",
                        metrics.savepointDuration()),
                Families.counters(
                        "sluice_drift_detected",
                        "Times a job was found to differ from its commit.",
                        Map.of("all", metrics.drifts()),
                        all -> Labels.EMPTY));
    }

    private static MetricSnapshot outcomes(String name, String help, Map<String, Long> totals) {
        return Families.counters(name, help, totals, outcome -> Labels.of("outcome", outcome));
    }

    private static List<MetricSnapshot> surroundings(EnvironmentPage page) {
        List<MetricSnapshot> families = new ArrayList<>();
        families.add(Families.gauge(
                "sluice_leader",
                "1 while this process holds the lease.",
                page.leadership().isLeader() ? 1 : 0));
        families.add(Families.<ClusterRow>gauges(
                "sluice_cluster_reachable",
                "1 while the cluster answers.",
                page.clusters(),
                cluster -> Labels.of("cluster", cluster.name(), "kind", cluster.kind()),
                cluster -> cluster.reach() == Reach.OK ? 1.0 : 0.0));
        page.source()
                .fetchedAt()
                .ifPresent(at -> families.add(Families.gauge(
                        "sluice_git_last_success_timestamp_seconds",
                        "Last fetch of the job repository that went well.",
                        at.toEpochMilli() / 1e3)));
        return families;
    }

    private static MetricSnapshot build(BuildInfo build) {
        return Families.info(
                "sluice_build_info",
                "What is running.",
                List.of(build),
                each -> Labels.of("version", each.version(), "commit", each.commit()));
    }

    private static String text(MetricSnapshots snapshots) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create()
                    .write(bytes, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
