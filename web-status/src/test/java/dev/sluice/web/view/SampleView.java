// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static dev.sluice.web.view.SampleJobs.NEW;
import static dev.sluice.web.view.SampleJobs.NOW;
import static dev.sluice.web.view.SampleJobs.ago;

import dev.sluice.spec.JobId;
import dev.sluice.web.view.EnvironmentPage.ClusterRow;
import dev.sluice.web.view.EnvironmentPage.Leadership;
import dev.sluice.web.view.EnvironmentPage.Reach;
import dev.sluice.web.view.EnvironmentPage.UnmanagedJob;
import dev.sluice.web.view.MetricsSnapshot.StepOutcome;
import dev.sluice.web.view.Readiness.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A production environment with something of everything. */
public final class SampleView {
    private SampleView() {}

    public static FixedView prod() {
        return new FixedView(
                SampleJobs.all(),
                environment(),
                metrics(),
                new Readiness(List.of(
                        new Check("journal", true, "writable"),
                        new Check("git", true, "answered 12 s ago"))),
                new BuildInfo("0.1.0", "5e6f7a8b"));
    }

    static EnvironmentPage environment() {
        return new EnvironmentPage(
                "prod",
                new Source(
                        "https://ci:s3cr3t@git.example.com/data/jobs.git?token=s3cr3t",
                        "prod",
                        Optional.of(NEW),
                        "Enrich orders by country",
                        Optional.of(ago(12)),
                        Optional.empty()),
                List.of(
                        new ClusterRow("main", "yarn", Reach.OK, ago(500_000), "", 6),
                        new ClusterRow("k8s", "kubernetes", Reach.OK, ago(90_000), "", 1),
                        new ClusterRow(
                                "lab",
                                "standalone",
                                Reach.UNKNOWN,
                                ago(252),
                                "http://jm.lab:8081: connection timed out",
                                1)),
                List.of(new UnmanagedJob(
                        "main", "adhoc-backfill", new JobId("0".repeat(31) + "a"), "RUNNING")),
                List.of(SampleJobs.finding()),
                new Leadership(true, "sluice-0", 12, Optional.of(NOW.plusSeconds(20))));
    }

    static MetricsSnapshot metrics() {
        Timing reconciles = Timing.NONE.with(Duration.ofMillis(3)).with(Duration.ofSeconds(2));
        return new MetricsSnapshot(
                new TreeMap<>(Map.of("done", 41L, "failed", 1L)),
                reconciles,
                Optional.of(ago(3)),
                new TreeMap<>(Map.of("done", 40L)),
                Timing.NONE.with(Duration.ofMillis(80)),
                new TreeMap<>(Map.of(new StepOutcome("start", "done"), 7L)),
                Timing.NONE.with(Duration.ofSeconds(12)),
                2,
                3);
    }
}
