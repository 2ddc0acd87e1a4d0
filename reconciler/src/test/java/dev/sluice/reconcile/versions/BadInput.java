// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.versions;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A change of a job that cannot run, and what its author is told of it.
 *
 * @param change of the repository's files, for that job
 * @param words part of what is told
 */
record BadInput(BiConsumer<TreeMap<String, String>, CountedJob> change, String words) {
    /** A file of the repository that is called a jar. */
    static final String NO_JAR = "jars/text.jar";

    private static final String COUNTER = "mainClass: com.acme.counter.Counter";
    private static final String LONG = "\"long\"";

    BadInput {
        requireNonNull(change, "change is null");
        requireNonNull(words, "words is null");
    }

    /** What can be wrong with a jar job. */
    static List<BadInput> ofJars() {
        return List.of(
                replacing(CountedJob.JAR, "jars/none.jar", "jars/none.jar"),
                replacing(CountedJob.JAR, NO_JAR, NO_JAR),
                replacing(COUNTER, COUNTER + "Absent", "com.acme.counter.CounterAbsent"),
                replacing(LONG, "\"exit\"", "main() ends the process with System.exit at"),
                replacing(LONG, "\"twice\"", "main() started 2 jobs"));
    }

    /** What can be wrong with a SQL job. */
    static List<BadInput> ofScripts() {
        return List.of(
                replacing("FROM orders;", "FORM orders;", "job.sql:"),
                replacing("'filesystem'", "'no-such-connector'", "no-such-connector"),
                new BadInput(
                        BadInput::otherDigest, "is not locked as it is: expected the bytes that "),
                replacing(
                        "INSERT INTO counted\n",
                        "CREATE TABLE copied WITH ('connector' = 'blackhole') AS\n",
                        "CREATE TABLE AS starts a job of its own"),
                replacing(
                        "COUNT(*) OVER (PARTITION BY shop ORDER BY placed\n"
                                + "  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
                        "CAST(1 AS BIGINT)",
                        "does not fit its new graph"));
    }

    private static BadInput replacing(String old, String text, String words) {
        return new BadInput(
                (files, job) -> {
                    for (String file : List.of("job.yaml", "job.sql")) {
                        files.computeIfPresent(
                                job.path(file), (path, content) -> content.replace(old, text));
                    }
                },
                words);
    }

    private static void otherDigest(TreeMap<String, String> files, CountedJob job) {
        files.merge(
                job.path("job.yaml"), "dependencies: [" + CountedJob.JAR + "]\n", String::concat);
        files.put(job.path("job.lock"), """
                apiVersion: sluice/v1
                kind: Lock
                artifacts:
                  - coordinate: %s
                    sha256: %s
                """.formatted(CountedJob.JAR, "f".repeat(64)));
    }
}
