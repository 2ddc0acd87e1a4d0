// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.spec.Allowance;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.Environment;
import dev.sluice.spec.MaintenanceWindow;
import dev.sluice.spec.Policy;
import dev.sluice.spec.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a run has: its jobs, its clusters, and the rules of its environment. */
enum Estate {
    /** Two jobs on one cluster, and no rules. */
    PAIR(2, List.of("main")),
    /** Three jobs on one cluster, of which one needs another; two on one with windows. */
    HOUSE(5, List.of("main", "side")),
    /** The same, where a person approves each change of SQL, and takes a while. */
    STRICT_HOUSE(5, List.of("main", "side"));

    /** Restarts at a time on each cluster. */
    static final int MOST = 2;

    /** The batch job of the house is due every so many seconds. */
    static final int FIRE_PERIOD = 120;

    private static final int WINDOW_PERIOD = 300;
    private static final int WINDOW = 90;

    private final int jobs;
    private final List<String> clusters;

    Estate(int jobs, List<String> clusters) {
        this.jobs = jobs;
        this.clusters = clusters;
    }

    int jobs() {
        return jobs;
    }

    List<String> clusters() {
        return clusters;
    }

    /** Where a job is at first. */
    String home(int job) {
        return job < 3 ? "main" : "side";
    }

    /** True while running jobs of that cluster may be stopped; by sums, not by cron. */
    boolean isOpen(String cluster, Instant now) {
        boolean hasWindows = this != PAIR && cluster.equals("side");
        return !hasWindows || now.getEpochSecond() % WINDOW_PERIOD < WINDOW;
    }

    /** A person has to approve changes of SQL of running jobs. */
    boolean isStrict() {
        return this == STRICT_HOUSE;
    }

    /** How long that person takes. */
    static Duration approval(int job) {
        return Duration.ofSeconds(40 + 40 * job);
    }

    /**
     * The rules; empty where there are none.
     *
     * @param approvals what has been approved so far
     */
    Optional<Environment> environment(List<Allowance> approvals) {
        if (this == PAIR) {
            return Optional.empty();
        }
        TreeMap<String, Cluster> known = new TreeMap<>();
        for (String name : clusters) {
            ClusterBasics basics =
                    new ClusterBasics(name, Optional.empty(), new TreeMap<>(), Optional.of(MOST));
            known.put(name, new Cluster.Local(basics));
        }
        MaintenanceWindow window = new MaintenanceWindow(
                new Schedule("0 0/5 * * * ?", ZoneOffset.UTC),
                Duration.ofSeconds(WINDOW),
                List.of("side"));
        return Optional.of(new Environment(
                "test",
                known,
                approvals,
                new TreeMap<>(),
                List.of(),
                new TreeMap<>(),
                policy(),
                List.of(window)));
    }

    private Policy policy() {
        Policy base = Policy.BUILT_IN;
        return new Policy(
                base.maxConcurrentRestarts(),
                base.queues(),
                base.canary(),
                base.canaryTimeout(),
                base.stopAfterFailures(),
                base.massChangePercent(),
                isStrict() ? List.of(Policy.Change.UPGRADE) : List.of());
    }
}
