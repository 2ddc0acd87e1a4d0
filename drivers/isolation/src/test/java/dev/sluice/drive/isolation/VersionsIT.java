// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.JavaHomes;
import dev.sluice.drive.isolation.CompiledJob.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything a worker can do, on versions from the oldest to the newest, with a savepoint that a
 * cluster of the version has written for the script.
 */
class VersionsIT {
    private static final String SCRIPT = """
            SET 'table.exec.state.ttl' = '1 h';
            CREATE TABLE src (id BIGINT, n INT) WITH ('connector' = 'datagen',
              'rows-per-second' = '20', 'fields.id.min' = '1', 'fields.id.max' = '4');
            CREATE TABLE snk (id BIGINT, n BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO snk SELECT id, COUNT(n) FROM src GROUP BY id;
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1.15", "1.18", "1.20", "2.0", "2.3"})
    void parsesExplainsCompilesAndReadsState(String version) throws Exception {
        FlinkHome home = Homes.of(version);
        // A Java that no version runs on comes first, as on a machine that was updated.
        JavaHomes javas = new JavaHomes(List.of(broken()), JavaHomes.own().chosen());
        try (FlinkWorkers workers = new FlinkWorkers(Homes.settings().withJava(javas))) {
            List<SqlProblem> problems = workers.parse(
                    home, SCRIPT.replace("COUNT(n)", "COUNT(nope)") + "INSERT INTO snk SELEC 1;");
            CompiledJob job = workers.explain(home, request(SCRIPT));
            SavedState saved = workers.metadata(home, state(version));
            StateFit fit = StateFit.of(saved, job, false);

            assertEquals(
                    List.of("5:34", "6:1"),
                    problems.stream()
                            .map(problem -> problem.line() + ":" + problem.column())
                            .toList(),
                    problems::toString);
            String told = job.explanation().orElseThrow();
            assertTrue(told.contains("== Optimized Physical Plan =="), told);
            assertTrue(told.contains("changelogMode=[I,UA]"), told);
            Operator counting = job.operators().stream()
                    .filter(Operator::isKeyed)
                    .findFirst()
                    .orElseThrow();
            assertEquals(3, counting.parallelism());
            assertEquals(
                    List.of(counting.id()),
                    saved.operators().stream()
                            .filter(operator -> operator.bytes() > 5_000)
                            .map(SavedState.Operator::id)
                            .toList(),
                    saved::toString);
            assertTrue(fit.isCompatible(), fit::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "2.3")
    void aMachineWithoutAFitJavaIsToldSo(String version) throws Exception {
        FlinkHome home = Homes.of(version);
        JavaHomes javas = new JavaHomes(List.of(broken()), List.of());

        try (FlinkWorkers workers = new FlinkWorkers(Homes.settings().withJava(javas))) {
            assertEquals(javas.refusal(home.release()), workers.refusal(home.release()));
            assertTrue(workers.refusal(home.release())
                    .orElseThrow()
                    .startsWith("Flink 2.3 runs on Java 17 or 21 or 11, and here is Java 9 at "));
        }
    }

    private static CompileRequest request(String script) throws IOException {
        return new CompileRequest(
                Homes.jar("runner", "flink-sql-runner"),
                Optional.of("dev.sluice.runner.SqlRunner"),
                Programs.arguments(script),
                new TreeMap<>(),
                3);
    }

    private static String state(String version) throws Exception {
        Path metadata = Path.of(VersionsIT.class
                .getResource("/metadata/" + version + "/_metadata")
                .toURI());
        return metadata.getParent().toUri().toString();
    }

    private Path broken() throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk-9/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 1\n");
        Files.writeString(folder.resolve("jdk-9/release"), "JAVA_VERSION=\"9.0.4\"\n");
        assertTrue(java.toFile().setExecutable(true));
        return java;
    }
}
