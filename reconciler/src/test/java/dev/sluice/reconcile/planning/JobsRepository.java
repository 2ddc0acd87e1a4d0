// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.reconcile.git.ServerRepository;
import dev.sluice.spec.CommitId;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A bare job repository whose commits have the same ids in every run. */
final class JobsRepository {
    static final String VARIABLES = "environments/test/variables.yaml";
    static final String ALLOWANCES = "environments/test/allowances.yaml";

    private final ServerRepository server;

    /** Begins with a commit of four jobs; two of them read from the same brokers. */
    JobsRepository(Path directory) {
        server = new ServerRepository(directory);
        Map<String, String> files = new TreeMap<>();
        files.put("sluice.yaml", "apiVersion: sluice/v1\nkind: Repository\nid: shop\n");
        files.put("environments/test/environment.yaml", """
                apiVersion: sluice/v1
                kind: Environment
                name: test
                clusters:
                  lab: {kind: local, stateDir: state}
                defaults:
                  flink: {cluster: lab, mode: session}
                """);
        files.put(VARIABLES, variables("one:9092"));
        files.putAll(job("orders", "1.20", 1, "'${kafka.brokers}'"));
        files.putAll(job("clicks", "1.20", 2, "'${kafka.brokers}'"));
        files.putAll(job("calm", "1.20", 1, "'nothing'"));
        files.putAll(job("old", "1.20", 1, "'nothing'"));
        CommitId first = server.commit("main", "Begin", files);
        server.git("", "update-ref", "refs/tags/begin", first.hash());
    }

    CommitId commit(Map<String, String> files) {
        return server.commit("main", "Change", files);
    }

    Path bare() {
        return server.directory();
    }

    String url() {
        return server.url();
    }

    /** Checks the branch out as a linked work tree. */
    Path checkout(Path folder) {
        server.git("", "worktree", "add", "--quiet", "--force", folder.toString(), "main");
        return folder;
    }

    static String variables(String brokers) {
        return "apiVersion: sluice/v1\nkind: Variables\nvariables:\n  kafka:\n    brokers: \""
                + brokers + "\"\n";
    }

    static Map<String, String> job(String name, String version, int parallelism, String topic) {
        String folder = "jobs/payments/" + name + "/";
        return new TreeMap<>(Map.of(
                folder + "job.yaml",
                """
                apiVersion: sluice/v1
                kind: Job
                name: %s
                team: payments
                owner: oncall@example.com
                purpose: bills
                flink:
                  version: "%s"
                sql: {file: job.sql}
                resources:
                  parallelism: %d
                """.formatted(name, version, parallelism),
                folder + "job.sql",
                """
                CREATE TABLE a (x INT) WITH ('connector' = 'datagen');
                CREATE TABLE b (x INT) WITH ('connector' = 'blackhole');
                INSERT INTO b SELECT x FROM a WHERE %s <> '';
                """.formatted(topic)));
    }
}
