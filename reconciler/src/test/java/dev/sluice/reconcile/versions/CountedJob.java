// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.versions;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A job whose rows are a key, a number that grows by one with each row of that key, and a label that a
 * commit can change without harm to the state.
 *
 * @param version the Flink version that it begins on
 */
record CountedJob(String name, String version, Kind kind) {
    static final String JAR = "jars/counter.jar";
    private static final String LABEL = "label\\d+";
    private static final String CHECKPOINTS =
            "configuration:\n  execution.checkpointing.interval: 500ms\n";

    /** What keeps the count. */
    enum Kind {
        /** A window of a SQL script. */
        SQL,

        /** State of a type that Flink knows how to write, in a program that is a jar. */
        LONG,

        /** State that Flink 1.x leaves to Kryo, in a jar; what fails is not restarted by Flink. */
        OBJECT,

        /** The same, but what fails is restarted for ever, as Flink does unless told otherwise. */
        RESTARTING
    }

    CountedJob {
        requireNonNull(name, "name is null");
        requireNonNull(version, "version is null");
        requireNonNull(kind, "kind is null");
    }

    boolean isJar() {
        return kind != Kind.SQL;
    }

    JobKey key() {
        return new JobKey("sample", "test", "shop", name);
    }

    JobId id(int attempt) {
        return JobId.of(key(), attempt);
    }

    Path output(Path folder) {
        return folder.resolve("output").resolve(name);
    }

    /** Puts the job into a repository. */
    void write(TreeMap<String, String> files, Path folder) {
        files.put(path("job.yaml"), """
                apiVersion: sluice/v1
                kind: Job
                name: %s
                team: shop
                state: running
                flink: {version: "%s"}
                """.formatted(name, version) + program(folder));
        if (!isJar()) {
            files.put(path("job.sql"), script(output(folder)));
        }
    }

    private String program(Path folder) {
        String jar =
                """
                jar:
                  artifact: %s
                  mainClass: com.acme.counter.Counter
                  args: ["%s", "label0", "%s"]
                """.formatted(JAR, output(folder).toUri(), kind == Kind.LONG ? "long" : "object");
        return switch (kind) {
            case LONG -> jar;
            case OBJECT -> jar + CHECKPOINTS + "  restart-strategy.type: none\n";
            case RESTARTING -> jar + CHECKPOINTS;
            case SQL -> "sql: {file: job.sql}\nresources: {parallelism: 2}\n" + CHECKPOINTS;
        };
    }

    /** The script that writes there. */
    static String script(Path output) {
        return """
                CREATE TABLE orders (shop INT, placed AS PROCTIME()) WITH (
                  'connector' = 'datagen', 'rows-per-second' = '50',
                  'fields.shop.min' = '1', 'fields.shop.max' = '4');
                CREATE TABLE counted (shop INT, number BIGINT, label STRING) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
                INSERT INTO counted
                SELECT shop, COUNT(*) OVER (PARTITION BY shop ORDER BY placed
                  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 'label0'
                FROM orders;
                """.formatted(output.toUri());
    }

    void label(TreeMap<String, String> files, int number) {
        change(
                files,
                isJar() ? "job.yaml" : "job.sql",
                text -> text.replaceFirst(LABEL, "label" + number));
    }

    void state(TreeMap<String, String> files, String state) {
        change(files, "job.yaml", text -> text.replaceFirst("state: \\w+", "state: " + state));
    }

    void version(TreeMap<String, String> files, String next) {
        change(
                files,
                "job.yaml",
                text -> text.replaceFirst("version: \"[^\"]+\"", "version: \"" + next + "\""));
    }

    void remove(TreeMap<String, String> files) {
        files.remove(path("job.yaml"));
        files.remove(path("job.sql"));
    }

    private void change(TreeMap<String, String> files, String file, UnaryOperator<String> change) {
        files.compute(path(file), (path, text) -> change.apply(text));
    }

    String path(String file) {
        return "jobs/shop/" + name + "/" + file;
    }
}
