// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import dev.sluice.spec.JobKey;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * A job whose rows carry, for each key, a number that only grows by one: whoever loses state begins
 * again, whoever runs twice repeats, whoever goes on from too old a state does both.
 */
final class CountingJob {
    static final JobKey KEY = new JobKey("sample", "test", "shop", "orders");
    private static final String YAML = "jobs/shop/orders/job.yaml";
    private static final String SQL = "jobs/shop/orders/job.sql";

    /** Of the job as it begins. */
    static final int PARALLELISM = 2;

    private static final int CROWD = 20;

    private CountingJob() {}

    /** The whole repository. */
    static void write(TreeMap<String, String> files, Path output, Setting setting) {
        files.put("sluice.yaml", """
                apiVersion: sluice/v1
                kind: Repository
                id: sample
                """);
        files.put("environments/test/environment.yaml", """
                apiVersion: sluice/v1
                kind: Environment
                name: test
                clusters:
                  main: {kind: local, stateDir: state%s}
                defaults:
                  flink: {mode: %s, cluster: main}
                  upgrade: {soak: 0s, onSavepointFailure: lastCheckpoint}
                """.formatted(
                        setting.kind().scheduler(), setting.kind().mode()));
        files.put(YAML, """
                apiVersion: sluice/v1
                kind: Job
                name: orders
                team: shop
                state: running
                flink: {version: "%s"}
                sql: {file: job.sql}
                onFailure: {backoff: 1s}
                configuration:
                  execution.checkpointing.interval: 250ms
                  jobmanager.scheduler: adaptive
                resources: {parallelism: %d}
                """.formatted(setting.flinkVersion(), PARALLELISM));
        files.put(SQL, """
                CREATE TABLE orders (shop INT, placed AS PROCTIME()) WITH (
                  'connector' = 'datagen', 'rows-per-second' = '100',
                  'fields.shop.min' = '1', 'fields.shop.max' = '4');
                CREATE TABLE counted (shop INT, number BIGINT, version INT) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
                INSERT INTO counted
                SELECT shop, COUNT(*) OVER (PARTITION BY shop ORDER BY placed
                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 0 /* version */
                FROM orders;
                """.formatted(output.toUri()));
    }

    /** Another script that fits the state. */
    static void change(TreeMap<String, String> files, int version) {
        files.compute(
                SQL,
                (path, sql) ->
                        sql.replaceFirst("\\d+ /\\* version \\*/", version + " /* version */"));
    }

    static void parallelism(TreeMap<String, String> files, int to) {
        files.compute(
                YAML, (path, yaml) -> yaml.replaceFirst("parallelism: \\d+", "parallelism: " + to));
    }

    /** More tasks than the cluster has slots, or as many as before. */
    static void crowd(TreeMap<String, String> files, boolean isCrowded) {
        parallelism(files, isCrowded ? CROWD : PARALLELISM);
    }

    /** The cluster as another entry. */
    static void cluster(TreeMap<String, String> files, String entry) {
        files.compute(
                "environments/test/environment.yaml",
                (path, yaml) -> yaml.replace("{kind: local, stateDir: state}", entry));
    }

    static void state(TreeMap<String, String> files, String state) {
        files.compute(YAML, (path, yaml) -> yaml.replaceFirst("state: \\w+", "state: " + state));
    }
}
