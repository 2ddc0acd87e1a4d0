// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.plan.Phase;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.loop.Controller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A controller with a git repository and a journal on disk, and a cluster in memory. */
final class BusyFleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Looks at the cluster as often whether or not anything moves, so that both fleets are alike. */
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofMillis(500));

    private final SlowCluster cluster = new SlowCluster("main");
    private final int slow;
    private final Journal journal;
    private final GitSource source;
    private final GeneratedRepository server;
    private final Controller controller;
    private int deployed;

    private BusyFleet(Path folder, int slow) throws Exception {
        this.slow = slow;
        source = CommitToPlan.open(folder);
        server = GeneratedRepository.create(folder.resolve("server.git"), files(slow, 1));
        journal = Journal.open(folder.resolve("data"));
        controller = Controller.start("bench", "test", journal, source, it -> cluster, PACE);
    }

    /** Starts the controller, and waits until so many jobs run. */
    static BusyFleet start(Path folder, int slow) throws Exception {
        BusyFleet fleet = new BusyFleet(folder, slow);
        fleet.await(() -> fleet.stable() == slow);
        return fleet;
    }

    /** Changes all jobs, and waits until each is stopping with a savepoint. */
    void stopSlowOnes() throws Exception {
        server.commit(files(slow, 2));
        controller.fetchSoon();
        await(() -> cluster.stopping() == slow);
    }

    /** Commits one more job, and answers how many milliseconds later it was submitted. */
    double deploy() throws Exception {
        String name = "quick-" + deployed++;
        Map<String, String> files = new TreeMap<>();
        job(files, name, 1);
        long began = System.nanoTime();
        server.commit(files);
        controller.fetchSoon();
        await(() -> cluster.submitted().containsKey(name));
        return (cluster.submitted().get(name) - began) / 1e6;
    }

    /** Threads of this process that make calls for controllers, or made some shortly before. */
    static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("step:")
                        || name.startsWith("observe:")
                        || name.equals("fetch")
                        || name.equals("worker"))
                .count();
    }

    private long stable() {
        return controller.board().jobs().values().stream()
                .filter(job -> job.record().phase() instanceof Phase.Stable)
                .count();
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        Board board = controller.board();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not in time: " + board.git());
            }
            Thread.sleep(2);
        }
    }

    private static Map<String, String> files(int jobs, int edit) {
        Map<String, String> files = new TreeMap<>();
        files.put("sluice.yaml", "apiVersion: sluice/v1\nkind: Repository\nid: bench\n");
        files.put("environments/test/environment.yaml", """
                apiVersion: sluice/v1
                kind: Environment
                clusters: {main: {kind: local, stateDir: ./state}}
                defaults: {flink: {version: "1.20", cluster: main, mode: session}}
                """);
        files.put("environments/test/policy.yaml", """
                apiVersion: sluice/v1
                kind: Policy
                maxConcurrentRestarts: 1000
                canary: 0
                """);
        for (int job = 0; job < jobs; job++) {
            job(files, "slow-" + job, edit);
        }
        return files;
    }

    private static void job(Map<String, String> files, String name, int edit) {
        files.put("jobs/shop/" + name + "/job.yaml", """
                apiVersion: sluice/v1
                kind: Job
                name: %s
                team: shop
                owner: shop@example.com
                purpose: copies rows
                sql: {file: job.sql}
                upgrade: {soak: 0s}
                """.formatted(name));
        files.put(
                "jobs/shop/" + name + "/job.sql",
                "INSERT INTO target SELECT " + edit + " FROM source;\n");
    }

    @Override
    public void close() {
        controller.close();
        source.close();
        journal.close();
        server.close();
    }
}
