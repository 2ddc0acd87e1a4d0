// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.act;
import static dev.sluice.reconcile.journal.Samples.pointer;
import static dev.sluice.reconcile.journal.Samples.record;
import static dev.sluice.reconcile.journal.Samples.start;
import static dev.sluice.reconcile.journal.Samples.stopping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer is killed at any moment, again and again; what it was told is stored must be there. */
class KillTest {
    private static final int ROUNDS = Integer.getInteger("sluice.kill.rounds", 4);

    @TempDir
    private Path directory;

    @Test
    void whatWasToldToBeStoredSurvivesEveryKill() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Long> told = killAfter(1 + random.nextInt(25));

            assertEverythingIsThere(told, "seed " + seed + " round " + round);
        }
    }

    private void assertEverythingIsThere(List<Long> told, String where) throws SQLException {
        assertEquals("ok", pragma("PRAGMA integrity_check"), where);
        try (Journal journal = Journal.open(directory)) {
            List<Long> stored = journal.history(KEY, told.size() + 1).stream()
                    .filter(entry -> !entry.isOpen())
                    .map(HistoryEntry::intent)
                    .toList();
            List<Long> pointers = journal.states(KEY).stream()
                    .map(entry -> entry.pointer().checkpointId())
                    .toList();
            assertTrue(stored.containsAll(told), where);
            assertTrue(pointers.containsAll(told), where);
            assertTrue(journal.verifyChain() instanceof ChainCheck.Intact, where);
        }
    }

    /** Lets the writer complete so many steps, kills it at work, and answers what it told of. */
    private List<Long> killAfter(int steps) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
            List<Long> told = new ArrayList<>();
            for (int step = 0; step < steps; step++) {
                told.add(Long.parseLong(lines.readLine()));
            }
            // Process.destroyForcibly would close the pipe and lose what was told last.
            writer.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                told.add(Long.parseLong(line));
            }
            return told;
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private String pragma(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.getString(1);
        }
    }

    /** Makes steps for ever and says the number of each one only when it is stored. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            PrintStream out = new PrintStream(System.out, true);
            try (Journal journal = Journal.open(Path.of(arguments[0]))) {
                journal.records();
                Leadership leading = journal.acquire(
                        "writer-" + ProcessHandle.current().pid(), Duration.ofHours(1), NOW);
                FencingToken token = ((Leadership.Leading) leading).token();
                while (true) {
                    out.println(step(journal, token));
                }
            }
        }

        private static long step(Journal journal, FencingToken token) {
            int attempt = journal.record(KEY).attempt() + 1;
            long intent =
                    journal.intend(token, act(record(stopping()), start(attempt)), COMMIT, NOW);
            Outcome done = new Outcome.Done(Evidence.of(pointer(attempt, intent)));
            journal.complete(intent, record(stopping()), done, NOW);
            return intent;
        }
    }
}
