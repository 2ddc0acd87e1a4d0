// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.web.view.FixedView;
import dev.sluice.web.view.SampleView;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsTest {
    /** A line of the text format 0.0.4: a comment, or name, labels and figure. */
    private static final Pattern LINE = Pattern.compile("# (HELP|TYPE) [a-z_]+ .+"
            + "|[a-z_]+(\\{([a-z_]+=\"([^\"\\\\\n]|\\\\.)*\",?)*\\})? [-+0-9.eEInfNa]+");

    private final FixedView prod = SampleView.prod();

    @Test
    void everyLineIsInTheTextFormatAndCarriesThePrefix() {
        List<String> lines = Metrics.scrape(prod).lines().toList();

        assertFalse(lines.isEmpty());
        lines.forEach(line -> assertTrue(LINE.matcher(line).matches(), line));
        lines.stream()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> assertTrue(line.startsWith("sluice_"), line));
    }

    @Test
    void theFiguresAreThoseOfTheView() {
        String scrape = Metrics.scrape(prod);

        Stream.of(
                        "sluice_job_info{cluster=\"main\",env=\"prod\",flink_version=\"1.20\","
                                + "health_status=\"Healthy\",job=\"payments/orders\","
                                + "sync_status=\"Synced\",team=\"payments\"} 1.0",
                        "sluice_job_suspended{env=\"prod\",job=\"search/suggest\"} 1.0",
                        "sluice_reconcile_total{outcome=\"done\"} 41.0",
                        "sluice_reconcile_duration_seconds_bucket{le=\"0.005\"} 1",
                        "sluice_reconcile_duration_seconds_bucket{le=\"+Inf\"} 2",
                        "sluice_reconcile_duration_seconds_count 2",
                        "sluice_reconcile_duration_seconds_sum 2.003",
                        "sluice_git_fetch_total{outcome=\"done\"} 40.0",
                        "sluice_plan_steps_total{action=\"start\",outcome=\"done\"} 7.0",
                        "sluice_savepoint_duration_seconds_count 1",
                        "sluice_drift_detected_total 2.0",
                        "sluice_queue_depth 3.0",
                        "sluice_leader 1.0",
                        "sluice_cluster_reachable{cluster=\"lab\",kind=\"standalone\"} 0.0",
                        "sluice_build_info{commit=\"5e6f7a8b\",version=\"0.1.0\"} 1.0")
                .forEach(line -> assertTrue(scrape.contains(line + "\n"), line + "\n" + scrape));
    }

    @Test
    void theSeriesOfARemovedJobVanish() {
        FixedView without = prod.with(prod.jobs().stream()
                .filter(page -> !page.row().key().name().equals("orders"))
                .toList());

        assertEquals(3, series(prod, "payments/orders"));
        assertEquals(0, series(without, "payments/orders"));
        assertEquals(series(prod, "payments/refunds"), series(without, "payments/refunds"));
    }

    @Test
    void aControllerWithoutJobsCanBeScraped() {
        String scrape = Metrics.scrape(prod.with(List.of()));

        assertTrue(scrape.contains("sluice_leader 1.0\n"), scrape);
        assertFalse(scrape.contains("sluice_job_info{"), scrape);
    }

    private static long series(FixedView view, String job) {
        return Metrics.scrape(view)
                .lines()
                .filter(line -> line.contains("job=\"" + job + "\""))
                .count();
    }
}
