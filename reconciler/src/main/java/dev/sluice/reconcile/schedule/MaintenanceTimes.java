// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.schedule;

import dev.sluice.plan.admit.Window;
import dev.sluice.spec.Environment;
import dev.sluice.spec.MaintenanceWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The maintenance windows of an environment as instants: the open one and the next one of each. */
public final class MaintenanceTimes {
    private MaintenanceTimes() {}

    /** By cluster; a cluster that no window is for has no entry, and may be stopped on at any time. */
    public static SortedMap<String, List<Window>> around(Environment environment, Instant now) {
        SortedMap<String, List<Window>> windows = new TreeMap<>();
        for (MaintenanceWindow window : environment.maintenance()) {
            List<Window> times = times(window, now);
            environment.clusters().keySet().stream()
                    .filter(window::isFor)
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

    private static List<Window> times(MaintenanceWindow window, Instant now) {
        Optional<CronTimes> times = CronTimes.of(window.opens());
        List<Window> found = new ArrayList<>();
        times.flatMap(cron -> cron.newest(now.minus(window.lasts()), now))
                .ifPresent(from -> found.add(new Window(from, from.plus(window.lasts()))));
        times.flatMap(cron -> cron.after(now))
                .ifPresent(from -> found.add(new Window(from, from.plus(window.lasts()))));
        return found;
    }
}
