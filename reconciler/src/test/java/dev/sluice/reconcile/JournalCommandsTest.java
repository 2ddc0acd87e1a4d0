// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Decision;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.Event;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Leadership;
import dev.sluice.reconcile.journal.LedgerEntry.Status;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Care for the journal from the command line, and what the commands read out of it. */
class JournalCommandsTest {
    private record Ran(int code, String out, String err) {}

    @TempDir
    private Path folder;

    private Path data;
    private Path backup;

    @BeforeEach
    void create() throws IOException {
        Files.writeString(
                folder.resolve("controller.yaml"), "repository: jobs.git\nenvironment: test\n");
        data = Files.createDirectories(folder.resolve("sluice-data"));
        backup = folder.resolve("backup.db");
        step(1);
    }

    @Test
    void verifySaysTheNewestHashAndASecondLookKnowsIt() throws IOException {
        Ran first = run("journal", "verify");
        String head = first.out().replaceAll(".*newest hash ", "").strip();
        step(2);

        assertEquals(0, first.code());
        assertTrue(
                first.out().matches("intact: \\d+ rows, newest hash [0-9a-f]{64}\n"), first.out());
        assertEquals(0, run("journal", "verify", "--head", head).code());
        assertEquals(3, run("journal", "verify", "--head", "0".repeat(64)).code());
    }

    @Test
    void verifyNamesTheRowThatWasChanged() throws SQLException {
        force("DROP TRIGGER intent_kept; UPDATE intent SET reason = 'InSync'");

        Ran ran = run("journal", "verify");

        assertEquals(3, ran.code());
        assertTrue(ran.err().contains("intent row 1 was changed"), ran::err);
    }

    @Test
    void aDamagedJournalIsRestoredFromItsBackupAndTheOldFileIsKept() throws IOException {
        assertEquals(0, run("journal", "backup", backup.toString()).code());
        Files.writeString(data.resolve("journal.db"), "rubbish");

        Ran restored = run("journal", "restore", backup.toString());

        assertEquals(0, restored.code(), restored::err);
        try (Journal journal = Journal.open(data)) {
            assertEquals(1, journal.history(Samples.KEY, 10).size());
            assertFalse(journal.states(Samples.KEY).isEmpty());
        }
        assertTrue(names().anyMatch(name -> name.startsWith("journal.db.before-")));
    }

    @Test
    void aJournalThatIsGoneIsRestoredToo() throws IOException {
        run("journal", "backup", backup.toString());
        for (String name : names().filter(name -> name.startsWith("journal.db")).toList()) {
            Files.delete(data.resolve(name));
        }

        assertEquals(0, run("journal", "restore", backup.toString()).code());
        assertEquals(0, run("journal", "verify").code());
    }

    @Test
    void aBackupThatIsNotThisJournalsOrWasChangedIsRefusedAndNothingIsMoved() throws Exception {
        Journal.open(folder.resolve("other")).close();
        Path other = folder.resolve("other").resolve("journal.db");
        run("journal", "backup", backup.toString());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + backup);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TRIGGER event_kept; UPDATE event SET text = 'nothing'");
        }
        List<String> before = names().toList();

        Ran strange = run("journal", "restore", other.toString());
        Ran changed = run("journal", "restore", backup.toString());

        assertEquals(List.of(3, 3), List.of(strange.code(), changed.code()));
        assertTrue(strange.err().contains(" is journal "), strange::err);
        assertTrue(changed.err().contains("was changed"), changed::err);
        assertEquals(before, names().toList());
    }

    @Test
    void nothingIsRestoredUnderARunningController() {
        run("journal", "backup", backup.toString());
        try (Journal journal = Journal.open(data)) {
            journal.acquire("one", Duration.ofMinutes(1), Samples.NOW);

            Ran ran = run("journal", "restore", backup.toString());

            assertEquals(3, ran.code());
            assertTrue(ran.err().contains("stop it first"), ran::err);
        }
    }

    @Test
    void pruneRemovesOldHistoryAndLeavesItVerifiable() {
        try (Journal journal = Journal.open(data)) {
            for (String word : List.of("One", "Two")) {
                journal.note(new Event(
                        Optional.empty(), word, "text", Optional.of(Samples.COMMIT), Samples.NOW));
            }
        }

        Ran ran = run("journal", "prune", "--keep", "1d");

        assertEquals(0, ran.code(), ran::err);
        assertTrue(ran.out().matches("[1-9]\\d* rows removed\n"), ran.out());
        assertEquals(0, run("journal", "verify").code());
        assertEquals(1, run("journal", "prune", "--keep", "soon").code());
    }

    @Test
    void statesShowsEachPointerItsUseAndWhetherItIsThere() throws IOException {
        Ran text = run("states", "payments/orders");
        Ran json = run("states", "payments/orders", "-o", "json");

        assertEquals(0, text.code() + json.code(), text::err);
        assertTrue(
                text.out()
                        .lines()
                        .anyMatch(
                                line -> line.matches(
                                        "newest +live +savepoint +1 +5 .*missing +1.20 +file:/state/1/sp-5")),
                text.out());
        assertTrue(text.out().lines().anyMatch(line -> line.matches("lineage +kept .*/sp-4")));
        assertTrue(text.out().lines().anyMatch(line -> line.matches("started from +kept .*/sp-3")));
        assertTrue(json.out().startsWith("{\"formatVersion\":1,\"states\":[{\"use\":"), json::out);
        assertTrue(json.out().contains("\"onStorage\":\"missing\""), json::out);
    }

    @Test
    void statesTellsWhatTheNextRestoreUsesWhatIsConsumedAndWhatIsGone() throws IOException {
        try (Journal journal = Journal.open(data)) {
            Leadership leading = journal.acquire("test-stable", Duration.ofMinutes(1), Samples.NOW);
            FencingToken token = ((Leadership.Leading) leading).token();
            JobRecord stable = Samples.record(new Phase.Stable(Samples.ID, Samples.NOW));
            journal.records();
            Decision rest = Samples.rest(stable, Reason.InSync);
            journal.store(token, List.of(rest), Samples.COMMIT, Samples.NOW);
            List<StatePointer> gone = List.of(Samples.pointer(1, 4));
            journal.mark(Samples.KEY, gone, Status.GONE, "not on storage", Samples.NOW);
        }

        String text = run("states", "payments/orders").out();
        String json = run("states", "payments/orders", "-o", "json").out();

        List<String> words =
                text.lines().skip(1).map(line -> line.split(" {2,}")[1]).toList();
        assertEquals(List.of("live", "gone", "consumed"), words, text);
        assertEquals(1, json.split("\"status\":\"live\"").length - 1, json);
        assertEquals(1, json.split("\"status\":\"consumed\"").length - 1, json);
    }

    @Test
    void eventsShowsTheNewestFirstAndNoMoreThanAskedFor() throws IOException {
        step(2);

        Ran text = run("events");
        Ran json = run("events", "-o", "json", "--limit", "1");

        assertEquals(0, text.code() + json.code(), text::err);
        assertTrue(text.out().contains("payments/orders"), text::out);
        assertEquals(1, json.out().split("\"time\"").length - 1);
    }

    @Test
    void logsShowsTheLogThatWasKeptOfAnAttemptAndNoOther() throws IOException {
        Path logs = Files.createDirectories(data.resolve("clusters/lake/master-logs"));
        Files.writeString(logs.resolve(JobId.of(Samples.KEY, 1).hex() + ".log"), "it broke\n");
        Files.writeString(logs.resolve("0".repeat(32) + ".log"), "of another job\n");

        Ran newest = run("logs", "payments/orders");
        Ran missing = run("logs", "payments/orders", "--attempt", "7");

        assertEquals(0, newest.code(), newest::err);
        assertTrue(newest.out().endsWith(".log\nit broke\n"), newest::out);
        assertEquals(1, missing.code());
        assertTrue(missing.err().contains("no log of attempt 7 is kept; kept are those of [1]"));
    }

    private void step(int attempt) throws IOException {
        try (Journal journal = Journal.open(data)) {
            Leadership leading =
                    journal.acquire("test-" + attempt, Duration.ofMinutes(1), Samples.NOW);
            FencingToken token = ((Leadership.Leading) leading).token();
            journal.records();
            Decision decision =
                    Samples.act(Samples.record(Samples.stopping()), Samples.start(attempt));
            long intent = journal.intend(token, decision, Samples.COMMIT, Samples.NOW);
            journal.complete(
                    intent,
                    decision.next(),
                    new Outcome.Done(Evidence.of(Samples.pointer(attempt, 5 + attempt - 1))),
                    Samples.NOW);
        }
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private void force(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "-c", folder.resolve("controller.yaml").toString()))
                        .toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }
}
