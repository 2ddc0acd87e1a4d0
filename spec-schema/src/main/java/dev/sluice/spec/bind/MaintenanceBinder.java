// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.MaintenanceWindow;
import dev.sluice.spec.Schedule;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads one maintenance window of an environment. */
public final class MaintenanceBinder {
    private MaintenanceBinder() {}

    /**
     * The window; empty when a part of it is wrong, which has then been told.
     *
     * @param known clusters of the environment
     */
    public static Optional<MaintenanceWindow> bind(Fields window, Set<String> known) {
        Optional<Schedule> opens = JobBinder.schedule(window);
        opens.ifPresent(schedule -> CronRules.mistake(schedule.cron())
                .ifPresent(mistake -> window.error(
                        "never-fires",
                        "cron",
                        "expected " + mistake + ", found \"" + schedule.cron() + "\"",
                        CronRules.NEXT_STEP)));
        Optional<Duration> lasts = window.duration("lasts").filter(time -> !time.isZero());
        window.list("clusters").stream()
                .filter(cluster -> !known.contains(cluster))
                .forEach(cluster -> window.error(
                        "unknown-cluster",
                        "clusters",
                        "expected a cluster of this environment, found \"" + cluster + "\"",
                        "name one of " + known));
        return opens.isPresent() && lasts.isPresent()
                ? Optional.of(
                        new MaintenanceWindow(opens.get(), lasts.get(), window.list("clusters")))
                : Optional.empty();
    }
}
