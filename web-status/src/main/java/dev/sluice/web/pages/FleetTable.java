// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import static java.util.Objects.requireNonNull;

import dev.sluice.web.view.FleetRow;
import dev.sluice.web.view.Health;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The fleet, filtered, ordered and cut to one page. The most urgent health comes first, then the
 * name, so what needs a person is on top and everything else keeps its place.
 *
 * @param all every job of the environment
 * @param matching those that meet the filter, ordered
 * @param number of this page, from 1
 */
public record FleetTable(
        FleetFilter filter, List<FleetRow> all, List<FleetRow> matching, int number) {
    /** Rows on one page: what a browser lays out at once and a person still scrolls. */
    static final int ROWS = 200;

    private static final Comparator<FleetRow> URGENT_FIRST = Comparator.comparing(
                    (FleetRow row) -> row.status().health())
            .thenComparing(FleetRow::key);

    public FleetTable {
        requireNonNull(filter, "filter is null");
        all = List.copyOf(all);
        matching = List.copyOf(matching);
    }

    /** The table that an address asks for; a page beyond the last is the last. */
    public static FleetTable of(List<FleetRow> all, Query query) {
        FleetFilter filter = new FleetFilter(query);
        List<FleetRow> matching =
                all.stream().filter(filter::matches).sorted(URGENT_FIRST).toList();
        int wanted = pageNumber(query.value("page"));
        return new FleetTable(filter, all, matching, Math.min(wanted, pages(matching.size())));
    }

    /** Rows of this page. */
    public List<FleetRow> rows() {
        int from = (number - 1) * ROWS;
        return matching.subList(from, Math.min(matching.size(), from + ROWS));
    }

    public int pages() {
        return pages(matching.size());
    }

    /** How many jobs of the whole environment have this health. */
    public long count(Health health) {
        return all.stream().filter(row -> row.status().health() == health).count();
    }

    /** The values a filter can take, from the jobs there are. */
    public List<String> choices(String name) {
        return all.stream()
                .map(row -> FleetFilter.value(name, row))
                .filter(value -> !value.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /** The same table with one filter set, on its first page. */
    public String linkTo(String name, String value) {
        return filter.query().with("page", "").with(name, value).at("/");
    }

    /** Another page of the same table, when there is one. */
    public Optional<String> linkToPage(int other) {
        return other < 1 || other > pages()
                ? Optional.empty()
                : Optional.of(
                        filter.query().with("page", Integer.toString(other)).at("/"));
    }

    /** Words of the health filter, in the order of urgency. */
    public List<Health> healths() {
        return Arrays.asList(Health.values());
    }

    private static int pages(int rows) {
        return Math.max(1, (rows + ROWS - 1) / ROWS);
    }

    private static int pageNumber(String text) {
        return text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : 1;
    }
}
