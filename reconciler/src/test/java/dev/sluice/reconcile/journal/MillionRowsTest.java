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

import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.HistoryTable.Cause;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** What the controller asks of the journal all the time costs the same after a million rows. */
class MillionRowsTest {
    private static final int ROWS_PER_TABLE = 250_000;
    private static final int OTHER_JOBS = 1_000;
    private static final long MOST = 3;

    /** Something asked of the journal. */
    private interface Ask {
        void run(Session session) throws SQLException;
    }

    @TempDir
    private Path directory;

    private final JournalJson json = new JournalJson();

    @Test
    void nothingThatIsAskedAllTheTimeGrowsWithTheHistory() throws SQLException {
        write();
        SortedMap<String, Long> small = costs();

        multiply();

        assertEquals(ROWS_PER_TABLE, rows("intent") / OTHER_JOBS * OTHER_JOBS);
        costs().forEach((name, cost) -> assertTrue(
                cost <= MOST * Math.max(100, small.get(name)),
                name + " takes " + cost + " operations, with few rows " + small.get(name)));
    }

    private SortedMap<String, Long> costs() throws SQLException {
        SortedMap<String, Ask> asks = new TreeMap<>();
        HistoryTable history = new HistoryTable(json);
        LedgerTable ledger = new LedgerTable(json);
        asks.put("record", session -> new RecordTable(json).find(session, KEY));
        asks.put("history", session -> history.entries(session, KEY, 20));
        asks.put("states", session -> ledger.entries(session, KEY));
        asks.put("events", session -> EventTable.newest(session, 50));
        asks.put("commits", session -> new CommitTable(json).newest(session, 50));
        asks.put("lease", session -> LeaseTable.isNewest(session, new FencingToken(1)));
        asks.put("step", session -> step(session, history, ledger));
        SortedMap<String, Long> costs = new TreeMap<>();
        for (var ask : asks.entrySet()) {
            costs.put(ask.getKey(), cost(ask.getValue()));
        }
        return costs;
    }

    /** An intent, its outcome, a pointer and an event, as one step of a job writes them. */
    private static void step(Session session, HistoryTable history, LedgerTable ledger)
            throws SQLException {
        Cause cause = new Cause(COMMIT, Optional.empty(), Reason.SpecChanged, new FencingToken(1));
        long intent = history.intend(session, KEY, start(900), cause, NOW);
        Outcome done = new Outcome.Done(Evidence.of(pointer(900, 1)));
        history.conclude(session, intent, done, NOW);
        ledger.proven(session, KEY, pointer(900, 1), intent, NOW);
        EventTable.add(
                session, new Event(Optional.of(KEY), "Word", "text", Optional.of(COMMIT), NOW));
    }

    /** Operations of SQLite's virtual machine, which no other load on this machine changes. */
    private long cost(Ask ask) throws SQLException {
        AtomicLong operations = new AtomicLong();
        try (Connection connection = connect()) {
            Session session = new Session(connection);
            session.script("BEGIN");
            ProgressHandler.setHandler(connection, 1, new ProgressHandler() {
                @Override
                protected int progress() {
                    operations.incrementAndGet();
                    return 0;
                }
            });
            ask.run(session);
            ProgressHandler.clearHandler(connection);
            session.script("ROLLBACK");
        }
        return operations.get();
    }

    private void write() {
        try (Journal journal = Journal.open(directory)) {
            Leadership leading = journal.acquire("one", Duration.ofDays(1), NOW);
            FencingToken token = ((Leadership.Leading) leading).token();
            for (int step = 1; step <= 30; step++) {
                long intent =
                        journal.intend(token, act(record(stopping()), start(step)), COMMIT, NOW);
                Outcome done = new Outcome.Done(Evidence.of(pointer(step, step)));
                journal.complete(intent, record(stopping()), done, NOW);
                journal.note(new Event(
                        Optional.of(KEY), "Word" + step, "text", Optional.of(COMMIT), NOW));
            }
        }
    }

    /** Copies one row of each table for a thousand other jobs, and a link for each copy. */
    private void multiply() throws SQLException {
        String numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                + " WHERE i < " + ROWS_PER_TABLE + ") ";
        String job = "'shop:test:payments:other-' || (i % " + OTHER_JOBS + ")";
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN");
            statement.executeUpdate("INSERT INTO intent SELECT * FROM (" + numbers
                    + "SELECT 1000 + i, " + job + ", step, attempt, job_id, trigger_id, directory,"
                    + " commit_hash, reason, token, body, at, plan FROM n JOIN intent t"
                    + " ON t.id = 1)");
            statement.executeUpdate("INSERT INTO outcome SELECT * FROM (" + numbers
                    + "SELECT 1000 + i, 1000 + i, word, body, at FROM n"
                    + " JOIN outcome t ON t.id = 1)");
            statement.executeUpdate("INSERT INTO event SELECT * FROM (" + numbers
                    + "SELECT 1000 + i, " + job + ", word, text, commit_hash, at FROM n"
                    + " JOIN event t ON t.id = 1)");
            statement.executeUpdate("INSERT INTO state_ledger SELECT * FROM (" + numbers
                    + "SELECT 1000 + i, " + job + ", path || i, kind, job_id, attempt,"
                    + " checkpoint_id, completed_at, flink_version, status, cause, 1000 + i, body,"
                    + " at FROM n JOIN state_ledger t ON t.id = 1)");
            statement.executeUpdate("INSERT INTO chain SELECT * FROM (" + numbers
                    + "SELECT 1000 + i, 'intent', 1000 + i, digest, hash FROM n"
                    + " JOIN chain t ON t.seq = 1)");
            statement.executeUpdate("COMMIT");
        }
    }

    private long rows(String table) throws SQLException {
        try (Connection connection = connect()) {
            return new Session(connection)
                    .first("SELECT count(*) FROM " + table, row -> row.getLong(1))
                    .orElseThrow();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
    }
}
