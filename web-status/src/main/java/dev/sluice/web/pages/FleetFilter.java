// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.pages;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Hold;
import dev.sluice.spec.Ownership;
import dev.sluice.web.view.FleetRow;
import dev.sluice.web.view.FleetRow.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which jobs to show, as the address says it: {@code team}, {@code health}, {@code sync},
 * {@code version}, {@code cluster} (each exact, whatever the case) and {@code q} (part of a text).
 * A job must meet all that are given; an unknown word matches nothing.
 */
public record FleetFilter(Query query) {
    private static final List<String> EXACT =
            List.of("team", "health", "sync", "version", "cluster");

    public FleetFilter {
        requireNonNull(query, "query is null");
    }

    /** True when no filter is given. */
    public boolean isOpen() {
        return Stream.concat(EXACT.stream(), Stream.of("q"))
                .allMatch(name -> query.value(name).isEmpty());
    }

    public boolean matches(FleetRow row) {
        return EXACT.stream().allMatch(name -> matches(name, row)) && matchesText(row);
    }

    /** The row's value for a filter; empty where the row has none. */
    static String value(String name, FleetRow row) {
        return switch (name) {
            case "team" -> row.key().team();
            case "health" -> row.status().health().word();
            case "sync" -> row.status().sync().word();
            case "version" -> of(row.target(), Target::flinkVersion);
            case "cluster" -> of(row.target(), Target::cluster);
            default -> throw new IllegalStateException("not a filter: " + name);
        };
    }

    private boolean matches(String name, FleetRow row) {
        String wanted = query.value(name);
        return wanted.isEmpty() || wanted.equalsIgnoreCase(value(name, row));
    }

    private boolean matchesText(FleetRow row) {
        String wanted = query.value("q").toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || texts(row).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static Stream<String> texts(FleetRow row) {
        Stream<String> own = Stream.of(
                row.key().display(),
                row.status().phase(),
                row.status().reason().name(),
                of(row.ownership(), Ownership::owner),
                of(row.ownership(), Ownership::purpose),
                of(row.attempt().id(), Object::toString),
                of(row.revision().running(), Object::toString),
                of(row.revision().desired(), Object::toString));
        return Stream.concat(own, row.holds().stream().map(Hold::text));
    }

    private static <T> String of(Optional<T> value, Function<T, String> text) {
        return value.map(text).orElse("");
    }
}
