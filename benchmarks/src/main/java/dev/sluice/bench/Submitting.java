// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.drive.Driver;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.session.Submissions;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.RestLogin;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * P9: what it costs to bring a SQL job to a session cluster, from the request to RUNNING. Sluice first
 * stages it, which compiles the graph in a process of its own that ends afterwards; both parts are told.
 */
final class Submitting implements Benchmark {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final String SQL = """
            CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '1');
            CREATE TABLE counted (n BIGINT, many BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO counted SELECT n, COUNT(*) FROM numbers GROUP BY n;
            """;

    @Override
    public String id() {
        return "p9";
    }

    @Override
    public String question() {
        return "a SQL job submitted to a session cluster of Flink 1.20, until it runs";
    }

    @Override
    public boolean needsFlink() {
        return true;
    }

    @Override
    public void run(Bench bench, int jobs) throws Exception {
        try (RealFlink flink = RealFlink.start(bench.folder());
                Driver driver = driver(flink)) {
            int[] round = {0};
            bench.rounds(() -> {
                round[0]++;
                if (round[0] % 2 == 0) {
                    sluice(bench, flink, driver, round[0]);
                    command(bench, flink);
                } else {
                    command(bench, flink);
                    sluice(bench, flink, driver, round[0]);
                }
            });
        }
    }

    private static Driver driver(RealFlink flink) throws IOException {
        ClusterBasics basics = new ClusterBasics(
                "lab",
                Optional.of(flink.folder("state").toUri().toString()),
                new TreeMap<>(),
                Optional.empty());
        return Installation.own()
                .clusters(flink.folder("data"), Progress.SILENT)
                .open(new Cluster.Standalone(
                        basics, flink.address().toString(), RealFlink.VERSION, RestLogin.NONE));
    }

    private static void sluice(Bench bench, RealFlink flink, Driver driver, int round)
            throws Exception {
        JobKey key = new JobKey("bench", "test", "shop", "job-" + round);
        SampleJob job = new SampleJob(key, RealFlink.VERSION, SQL, 1);
        Span stage = new Span();
        done(Settling.settle(() -> driver.stage(Requests.stage(job))));
        Spent staged = stage.end();
        Span start = new Span();
        RestoreFrom empty = new RestoreFrom.Empty("first start");
        done(Settling.settle(() -> driver.start(Requests.start(job, 1, empty))));
        Spent started = start.end();
        String id = JobId.of(key, 1).hex();
        awaitRunning(flink, id);
        double running = start.millis();
        staged.tell(bench, "sluice, stage");
        started.tell(bench, "sluice, start");
        bench.tell("sluice, start -> RUNNING", "ms", running);
        bench.tell("sluice, stage -> RUNNING", "ms", staged.millis() + running);
        bench.tell("sluice, stage and start (CPU)", "ms", staged.cpu() + started.cpu());
        cancel(flink, id);
    }

    private static void command(Bench bench, RealFlink flink) throws Exception {
        Span run = new Span();
        String runner = Installation.own().workers().runnerJar().toString();
        String id = flink.command(
                JOB, "run", List.of("-d", "-p", "1", runner, "--script", Submissions.encode(SQL)));
        Spent spent = run.end();
        awaitRunning(flink, id);
        double running = run.millis();
        spent.tell(bench, "flink run -d");
        bench.tell("flink run -d -> RUNNING", "ms", running);
        cancel(flink, id);
    }

    private static void done(Outcome outcome) throws IOException {
        if (!(outcome instanceof Outcome.Done)) {
            throw new IOException(outcome.toString());
        }
    }

    private static void awaitRunning(RealFlink flink, String job) throws Exception {
        flink.rest()
                .await(
                        "/jobs/" + job + "/status",
                        answer -> answer.path("status").asString().equals("RUNNING"),
                        PATIENCE);
    }

    private static void cancel(RealFlink flink, String job) throws Exception {
        flink.rest().cancel(job);
        flink.rest()
                .await(
                        "/jobs/" + job + "/status",
                        answer -> answer.path("status").asString().equals("CANCELED"),
                        PATIENCE);
    }

    /** What something took, and the CPU time of all processes of the client. */
    private record Spent(double millis, double cpu) {
        void tell(Bench bench, String what) {
            bench.tell(what, "ms", millis);
            bench.tell(what + " (CPU)", "ms", cpu);
        }
    }

    /** Measures from when it was made. */
    private static final class Span {
        private final long began = System.nanoTime();
        private final ProcessCpu cpu = ProcessCpu.watching();

        Spent end() throws InterruptedException {
            double millis = millis();
            return new Spent(millis, cpu.endMillis());
        }

        double millis() {
            return (System.nanoTime() - began) / 1e6;
        }
    }
}
