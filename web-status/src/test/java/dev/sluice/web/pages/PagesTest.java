// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.web.view.EnvironmentPage;
import dev.sluice.web.view.EnvironmentPage.Leadership;
import dev.sluice.web.view.FixedView;
import dev.sluice.web.view.SampleJobs;
import dev.sluice.web.view.SampleView;
import dev.sluice.web.view.Source;
import dev.sluice.web.view.StatusView;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTest {
    private final FixedView prod = SampleView.prod();

    @Test
    void theFleetTellsOfEachJobWhatItIsAndHowItStands() {
        String page = fleet(prod, Query.NONE);

        Stream.of("Degraded", "OutOfSync", "Blocked", "SavepointFailed: two savepoints failed")
                .forEach(text -> assertTrue(page.contains(text), text));
        assertTrue(page.contains("title=\"hdfs:///flink/state/prod/payments/orders/7/chk-812\""));
        assertTrue(page.contains("payments-oncall@example.com"));
        assertTrue(page.contains("href=\"https://grafana.example.com/d/flink?var-job=orders\""));
        assertTrue(page.contains("title=\"2026-11-21 04:10:47 UTC\">58 s</time>"));
    }

    /** A checkpoint that nobody has asked about for minutes may be far from the newest. */
    @Test
    void anOldLookAtTheCheckpointsIsToldWithItsAge() {
        Duration old = Duration.ofMinutes(8);

        assertTrue(squeezed(fleet(lookedAt(old), Query.NONE)).contains(">8 min</time> ago</span>"));
        assertTrue(squeezed(pages(lookedAt(old))
                        .job("payments", "orders", Query.NONE)
                        .orElseThrow())
                .contains(">8 min</time> ago)"));
        assertFalse(fleet(lookedAt(Duration.ofSeconds(20)), Query.NONE).contains("asked"));
    }

    private FixedView lookedAt(Duration ago) {
        return prod.with(prod.jobs().stream()
                .map(page -> SampleJobs.lookedAt(page, SampleJobs.NOW.minus(ago)))
                .toList());
    }

    @Test
    void theJobPageTellsTheWholeStory() {
        String page = pages(prod).job("payments", "orders", Query.NONE).orElseThrow();

        Stream.of(
                        "stop with savepoint",
                        "checkpoint 812",
                        "1.4 GiB",
                        "consumed",
                        "INSERT INTO billing.enriched",
                        "apiVersion: sluice/v1",
                        "broker not available",
                        "jobs/payments/orders/job.yaml:12:3",
                        "Next step: rename the field",
                        "Enrich orders by country")
                .forEach(text -> assertTrue(squeezed(page).contains(text), text));
    }

    @Test
    void theEnvironmentPageTellsWhereTheTruthComesFrom() {
        String page = pages(prod).environment(Query.NONE);

        Stream.of(
                        "https://git.example.com/data/jobs.git",
                        "adhoc-backfill",
                        "connection timed out",
                        "leader: it acts")
                .forEach(text -> assertTrue(page.contains(text), text));
        assertFalse(page.contains("s3cr3t"));
    }

    @Test
    void aFailedFetchIsToldOnEveryPageWithTheAgeOfTheTruth() {
        Source stale = new Source(
                "file:///srv/jobs.git",
                "prod",
                Optional.of(SampleJobs.NEW),
                "",
                Optional.of(SampleJobs.NOW.minus(Duration.ofMinutes(12))),
                Optional.of("connection refused"));

        String page = squeezed(fleet(prod.with(environment(stale, true)), Query.NONE));

        assertTrue(page.contains("The newest fetch failed."), page);
        assertTrue(page.contains("<code>3f2a91c4</code> stays in force."), page);
        assertTrue(page.contains(">12 min</time> ago."), page);
        assertTrue(page.contains("connection refused"), page);
    }

    @Test
    void aStandbySaysThatItOnlyWatches() {
        FixedView standby = prod.with(environment(prod.environment().source(), false));

        assertTrue(fleet(standby, Query.NONE).contains("Standby."));
        assertFalse(fleet(prod, Query.NONE).contains("Standby."));
    }

    @Test
    void anEmptyEnvironmentSaysSo() {
        assertTrue(fleet(prod.with(List.of()), Query.NONE).contains("declares no job"));
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "1, 5", "0, ''", "x, ''", "99999, ''"})
    void thePageComesAgainOnlyWhenTheAddressAsksForIt(String asked, String seconds) {
        String page = fleet(prod, Query.NONE.with("refresh", asked));

        String element = "<meta http-equiv=\"refresh\" content=\"" + seconds + "\">";
        assertEquals(!seconds.isEmpty(), page.contains("http-equiv=\"refresh\""));
        assertEquals(!seconds.isEmpty(), page.contains(element));
    }

    private static EnvironmentPage environment(Source source, boolean leads) {
        return new EnvironmentPage(
                "prod",
                source,
                List.of(),
                List.of(),
                List.of(),
                new Leadership(leads, "sluice-0", 1, Optional.empty()));
    }

    private static String fleet(StatusView view, Query query) {
        return pages(view).fleet(query);
    }

    private static Pages pages(StatusView view) {
        return Pages.of(view, Clock.fixed(SampleJobs.NOW, ZoneOffset.UTC), "/style.css");
    }

    private static String squeezed(String page) {
        return page.replaceAll("\\s+", " ");
    }
}
