// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.JobRecord;
import dev.sluice.spec.observed.StatePointer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes what is old and needed by nobody: events; steps with their outcomes, but the newest of each
 * job; pointers that are proven gone or consumed, and older lines about a pointer. What stays whatever
 * its age: every pointer that nothing proves to be gone, every pointer that a job's record names, the
 * steps that proved a pointer, and all commits.
 *
 * <p>The newest row of a table stays too: SQLite gives its number to the next row otherwise, and two
 * rows of one number look like a row that was changed.
 *
 * <p>The links of removed rows stay in the chain, with their digests, and a row of its own says how
 * many were removed: the chain is as verifiable as before.
 */
final class Retention {
    /** A transaction this large holds up other writers for some milliseconds. */
    private static final int BATCH = 1_000;

    private static final int NEWEST_STEPS = 20;

    /** A step that is old, not among the newest of its job, and has proven no pointer that is kept. */
    private static final String OLD_STEPS = "i.at < ? AND i.id < (SELECT n.id FROM intent n"
            + " WHERE n.job = i.job ORDER BY n.id DESC LIMIT 1 OFFSET " + (NEWEST_STEPS - 1) + ")"
            + " AND NOT EXISTS (SELECT 1 FROM state_ledger s WHERE s.intent = i.id)";

    private static final String EVENTS =
            "SELECT id FROM event WHERE at < ? AND id < (SELECT max(id) FROM event) AND id > ?"
                    + " ORDER BY id LIMIT " + BATCH;
    private static final String OUTCOMES = "SELECT o.id FROM outcome o JOIN intent i"
            + " ON i.id = o.intent WHERE " + OLD_STEPS
            + " AND o.id < (SELECT max(id) FROM outcome) AND o.id > ? ORDER BY o.id LIMIT "
            + BATCH;
    private static final String STEPS = "SELECT i.id FROM intent i WHERE " + OLD_STEPS
            + " AND NOT EXISTS (SELECT 1 FROM outcome o WHERE o.intent = i.id)"
            + " AND i.id < (SELECT max(id) FROM intent)"
            + " AND i.id > ? ORDER BY i.id LIMIT " + BATCH;
    private static final String POINTERS = "SELECT s.id, s.job, s.path FROM state_ledger s"
            + " WHERE s.at < ? AND (s.status <> 'LIVE' OR EXISTS (SELECT 1 FROM state_ledger n"
            + " WHERE n.job = s.job AND n.path = s.path AND n.id > s.id))"
            + " AND s.id < (SELECT max(id) FROM state_ledger) AND s.id > ? ORDER BY s.id LIMIT "
            + BATCH;

    private record Row(long id, String name) {}

    private final Database database;
    private final RecordTable records;
    private final Instant before;
    private final Instant now;

    Retention(Database database, RecordTable records, Instant before, Instant now) {
        this.database = database;
        this.records = records;
        this.before = before;
        this.now = now;
    }

    /** Removes all there is to remove, a batch at a time, and answers how many rows that was. */
    long prune() {
        long removed = prune("state_ledger", POINTERS)
                + prune("event", EVENTS)
                + prune("outcome", OUTCOMES)
                + prune("intent", STEPS);
        database.write(
                session -> session.update("DELETE FROM plan WHERE at < ?", before.toEpochMilli()));
        return removed;
    }

    private long prune(String table, String query) {
        long removed = 0;
        long last = 0;
        while (true) {
            long after = last;
            List<Row> seen = database.write(session -> batch(session, table, query, after));
            if (seen.isEmpty()) {
                return removed;
            }
            removed += seen.stream().filter(row -> !row.name().isEmpty()).count();
            last = seen.get(seen.size() - 1).id();
        }
    }

    /** The rows looked at; those without a name stay. */
    private List<Row> batch(Session session, String table, String query, long after)
            throws SQLException {
        boolean isLedger = table.equals("state_ledger");
        List<Row> found = session.query(
                query,
                row -> new Row(
                        row.getLong(1),
                        isLedger ? name(row.getString(2), row.getString(3)) : table),
                before,
                after);
        Set<String> named = isLedger ? namedByRecords(session) : Set.of();
        List<Row> seen = new ArrayList<>();
        for (Row row : found) {
            seen.add(named.contains(row.name()) ? new Row(row.id(), "") : row);
        }
        remove(
                session,
                table,
                seen.stream().filter(row -> !row.name().isEmpty()).toList());
        return seen;
    }

    private void remove(Session session, String table, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        long id = session.insert(
                "INSERT INTO pruning (subject, up_to, removed, before, at) VALUES (?, ?, ?, ?, ?)",
                table,
                rows.get(rows.size() - 1).id(),
                rows.size(),
                before,
                now);
        Chain.append(session, "pruning", id);
        for (Row row : rows) {
            session.update("DELETE FROM " + table + " WHERE id = ?", row.id());
        }
    }

    private Set<String> namedByRecords(Session session) throws SQLException {
        Set<String> named = new HashSet<>();
        for (StoredJob job : records.all(session)) {
            JobRecord record = job.record();
            for (StatePointer pointer : PointersOf.record(record)) {
                named.add(name(record.key().qualified(), pointer.path()));
            }
        }
        return named;
    }

    private static String name(String job, String path) {
        return job + " " + path;
    }
}
