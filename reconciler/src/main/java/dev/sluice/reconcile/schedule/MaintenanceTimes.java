// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.schedule;

import dev.sluice.plan.admit.Window;
import dev.sluice.spec.Environment;
import dev.sluice.spec.MaintenanceWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The maintenance windows of an environment as instants: the open one and the next one of each. */
public final class MaintenanceTimes {
    /** A window and its expression; one that is not understood never opens. */
    private record Opening(MaintenanceWindow window, Optional<CronTimes> times) {}

    private final List<String> clusters;
    private final List<Opening> openings;

    private MaintenanceTimes(List<String> clusters, List<Opening> openings) {
        this.clusters = clusters;
        this.openings = openings;
    }

    /** The windows of an environment; their expressions are read once. */
    public static MaintenanceTimes of(Environment environment) {
        List<Opening> openings = environment.maintenance().stream()
                .map(window -> new Opening(window, CronTimes.of(window.opens())))
                .toList();
        return new MaintenanceTimes(List.copyOf(environment.clusters().keySet()), openings);
    }

    /** By cluster; a cluster that no window is for has no entry, and may be stopped on at any time. */
    public SortedMap<String, List<Window>> around(Instant now) {
        SortedMap<String, List<Window>> windows = new TreeMap<>();
        for (Opening opening : openings) {
            List<Window> times = times(opening, now);
            clusters.stream()
                    .filter(opening.window()::isFor)
                    .forEach(cluster -> windows.computeIfAbsent(cluster, name -> new ArrayList<>())
                            .addAll(times));
        }
        return windows;
    }

    /** What is wrong with a window, if anything. */
    public static Optional<String> mistake(Environment environment) {
        return environment.maintenance().stream()
                .map(MaintenanceWindow::opens)
                .filter(opens -> CronTimes.of(opens).isEmpty())
                .findFirst()
                .map(opens -> "environment " + environment.name() + ": \"" + opens.cron()
                        + "\" of a maintenance window is no Quartz cron expression");
    }

    private static List<Window> times(Opening opening, Instant now) {
        Duration lasts = opening.window().lasts();
        List<Window> found = new ArrayList<>();
        opening.times()
                .flatMap(cron -> cron.newest(now.minus(lasts), now))
                .ifPresent(from -> found.add(new Window(from, from.plus(lasts))));
        opening.times()
                .flatMap(cron -> cron.after(now))
                .ifPresent(from -> found.add(new Window(from, from.plus(lasts))));
        return found;
    }
}
