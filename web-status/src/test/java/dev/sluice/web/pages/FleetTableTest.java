// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.JobKey;
import dev.sluice.web.view.FleetRow;
import dev.sluice.web.view.Health;
import dev.sluice.web.view.JobPage;
import dev.sluice.web.view.SampleJobs;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTableTest {
    private static final List<FleetRow> FLEET =
            SampleJobs.all().stream().map(JobPage::row).toList();

    @Test
    void whatNeedsAPersonComesFirst() {
        FleetTable table = FleetTable.of(FLEET, Query.NONE);

        assertEquals(
                List.of(
                        "payments/ledger",
                        "risk/scores",
                        "search/index-feed",
                        "payments/settlement",
                        "search/suggest",
                        "payments/orders",
                        "payments/refunds",
                        "risk/device-graph",
                        "search/clicks"),
                names(table));
    }

    @ParameterizedTest
    @CsvSource({
        "team, risk, risk/scores risk/device-graph",
        "health, degraded, payments/ledger",
        "health, Nonsense, ''",
        "sync, Unknown, search/index-feed",
        "version, 1.18, risk/device-graph",
        "cluster, k8s, search/clicks",
        "q, SAVEPOINTS FAILED, payments/ledger",
        "q, risk-oncall, risk/device-graph",
        "q, SpecInvalid, risk/scores",
        "q, 8b1f0c6e, payments/ledger payments/settlement"
    })
    void oneFilterKeepsTheJobsThatMeetIt(String name, String value, String expected) {
        FleetTable table = FleetTable.of(FLEET, Query.NONE.with(name, value));

        assertEquals(expected, String.join(" ", names(table)));
    }

    @Test
    void severalFiltersMustAllBeMet() {
        Query query =
                Query.NONE.with("team", "payments").with("health", "Healthy").with("q", "ref");

        assertEquals(List.of("payments/refunds"), names(FleetTable.of(FLEET, query)));
    }

    @Test
    void theCountsAreOfTheWholeFleet() {
        FleetTable table = FleetTable.of(FLEET, Query.NONE.with("team", "risk"));

        assertEquals(4, table.count(Health.HEALTHY));
        assertEquals(List.of("payments", "risk", "search"), table.choices("team"));
        assertEquals(List.of("1.18", "1.20", "2.0"), table.choices("version"));
    }

    @Test
    void aLargeFleetIsCutIntoPages() {
        List<FleetRow> many =
                IntStream.range(0, 450).mapToObj(FleetTableTest::numbered).toList();

        FleetTable last =
                FleetTable.of(many, Query.NONE.with("page", "3").with("team", "payments"));

        assertEquals(3, last.pages());
        assertEquals(50, last.rows().size());
        assertEquals(Optional.of("/?page=2&team=payments"), last.linkToPage(2));
        assertTrue(last.linkToPage(4).isEmpty());
        assertEquals("/?health=Healthy&team=payments", last.linkTo("health", "Healthy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "99999999999999", "1e9", "7"})
    void aPageThatIsNotThereIsTheNearestOne(String page) {
        FleetTable table = FleetTable.of(FLEET, Query.NONE.with("page", page));

        assertEquals(1, table.number());
        assertEquals(9, table.rows().size());
    }

    private static List<String> names(FleetTable table) {
        return table.rows().stream().map(row -> row.key().display()).toList();
    }

    private static FleetRow numbered(int number) {
        FleetRow row = SampleJobs.orders();
        return new FleetRow(
                new JobKey("shop", "prod", "payments", String.format("job-%04d", number)),
                row.ownership(),
                row.status(),
                row.target(),
                row.revision(),
                row.attempt(),
                row.state(),
                row.links(),
                row.holds());
    }
}
