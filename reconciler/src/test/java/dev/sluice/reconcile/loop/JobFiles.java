// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.spec.JobKey;
import java.util.TreeMap;

/** The files of a small job repository whose jobs settle at once. */
public final class JobFiles {
    public static final String ENVIRONMENT = "environments/test/environment.yaml";

    private JobFiles() {}

    public static JobKey key(String name) {
        return new JobKey("sample", "test", "shop", name);
    }

    /** The repository's and the environment's own files. */
    public static void root(TreeMap<String, String> files) {
        files.put("sluice.yaml", """
                apiVersion: sluice/v1
                kind: Repository
                id: sample
                """);
        files.put(ENVIRONMENT, """
                apiVersion: sluice/v1
                kind: Environment
                name: test
                clusters:
                  main: {kind: local, stateDir: state}
                  other: {kind: local, stateDir: state}
                defaults:
                  flink: {mode: session, cluster: main}
                  upgrade: {soak: 0s}
                """);
    }

    /** A job whose script has this one statement. */
    public static void job(TreeMap<String, String> files, String name, String sql) {
        job(files, name, "main", sql);
    }

    /** The same on a cluster by name. */
    public static void job(TreeMap<String, String> files, String name, String cluster, String sql) {
        files.put(yaml(name), """
                apiVersion: sluice/v1
                kind: Job
                name: %s
                team: shop
                owner: shop-oncall@example.com
                purpose: counts
                state: running
                flink: {version: "1.20", cluster: %s}
                sql: {file: job.sql}
                """.formatted(name, cluster));
        files.put(sql(name), sql + "\n");
    }

    public static String yaml(String name) {
        return "jobs/shop/" + name + "/job.yaml";
    }

    public static String sql(String name) {
        return "jobs/shop/" + name + "/job.sql";
    }
}
