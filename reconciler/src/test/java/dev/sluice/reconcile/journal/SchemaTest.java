// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    @TempDir
    private Path directory;

    static Stream<Integer> earlierVersions() {
        return IntStream.range(0, Schema.VERSION).boxed();
    }

    @ParameterizedTest
    @MethodSource("earlierVersions")
    void aFileOfEveryEarlierVersionBecomesWhatAnewOneIs(int version, @TempDir Path fresh)
            throws IOException, SQLException {
        Files.createFile(directory.resolve("journal.db"));
        for (int step = 1; step <= version; step++) {
            run(directory, script(step) + "PRAGMA user_version = " + step);
        }

        Journal.open(directory).close();
        Journal.open(fresh).close();

        assertEquals(schema(fresh), schema(directory));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatAnEarlierVersionWroteIsReadGoesOnAndIsStillVerifiable(int version) throws Exception {
        Files.createFile(directory.resolve("journal.db"));
        for (int step = 1; step <= version; step++) {
            run(directory, script(step) + "PRAGMA user_version = " + step);
        }
        Database old =
                Database.open(directory.resolve("journal.db"), java.time.Duration.ofSeconds(1));
        OldJournal.write(old);
        old.close();

        try (Journal journal = Journal.open(directory)) {
            assertEquals(OldJournal.RECORD, journal.record(Samples.KEY));
            HistoryEntry entry = journal.history(Samples.KEY, 9).get(0);
            assertEquals(Samples.stop(), entry.step());
            assertEquals(OldJournal.DONE, entry.outcomes().get(0).outcome());
            assertEquals(Optional.of("Ann <ann@example.com>"), entry.motive().author());
            assertEquals(Optional.empty(), entry.motive().plan());
            assertEquals(
                    Samples.pointer(1, 7), journal.states(Samples.KEY).get(0).pointer());
            assertEquals(1, journal.events(9).size());
            assertInstanceOf(ChainCheck.Intact.class, journal.verifyChain());
            Leadership leading =
                    journal.acquire("new", java.time.Duration.ofMinutes(1), Samples.NOW);
            journal.intend(
                    ((Leadership.Leading) leading).token(),
                    Samples.act(OldJournal.RECORD, Samples.start(2)),
                    Samples.COMMIT,
                    Samples.NOW);
            assertEquals(2, journal.history(Samples.KEY, 9).size());
            assertInstanceOf(ChainCheck.Intact.class, journal.verifyChain());
        }
        assertEquals(Schema.VERSION - 1, 3, "a new version belongs into this test's list");
    }

    @Test
    void aMigrationThatFailsLeavesTheFileAsItWas() throws IOException, SQLException {
        Files.createFile(directory.resolve("journal.db"));
        run(directory, "CREATE TABLE lease (x INTEGER)");
        TreeSet<String> before = schema(directory);

        assertThrows(JournalException.class, () -> Journal.open(directory));

        assertEquals(before, schema(directory));
    }

    @Test
    void everyTableIsStrict() throws SQLException {
        Journal.open(directory).close();

        for (String line : schema(directory)) {
            boolean isTable = line.startsWith("CREATE TABLE");
            assertTrue(!isTable || line.endsWith("STRICT"), line);
        }
    }

    @Test
    void aCommitWaitsForTheDiskAndReadersDoNotWaitForIt() throws SQLException {
        Journal.open(directory).close();
        Database database =
                Database.open(directory.resolve("journal.db"), java.time.Duration.ofSeconds(1));

        List<String> settings = database.write(session -> {
            List<String> found = new ArrayList<>();
            for (String name : List.of("journal_mode", "synchronous", "foreign_keys")) {
                found.add(
                        session.first("PRAGMA " + name, row -> row.getString(1)).orElseThrow());
            }
            return found;
        });
        database.close();

        assertEquals(List.of("wal", "2", "1"), settings);
    }

    private static String script(int version) throws IOException {
        try (var script = Schema.class.getResourceAsStream(version + ".sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static TreeSet<String> schema(Path directory) throws SQLException {
        TreeSet<String> found = new TreeSet<>();
        try (Connection connection = connect(directory);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static void run(Path directory, String sql) throws SQLException {
        try (Connection connection = connect(directory);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static Connection connect(Path directory) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
    }
}
