// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.spec.CommitId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happened, in sentences. Saying the same of the same job twice in a row is said once. */
final class EventTable {
    private static final String COLUMNS = "job, word, text, commit_hash, at";

    static void add(Session session, Event event) throws SQLException {
        if (isRepeated(session, event)) {
            return;
        }
        long id = session.insert(
                "INSERT INTO event (job, word, text, commit_hash, at) VALUES (?, ?, ?, ?, ?)",
                event.job(),
                event.word(),
                event.text(),
                event.commit(),
                event.at());
        Chain.append(session, "event", id);
    }

    /** The newest events, newest first. */
    static List<Event> newest(Session session, int limit) throws SQLException {
        return session.query(
                "SELECT " + COLUMNS + " FROM event ORDER BY id DESC LIMIT ?",
                EventTable::read,
                limit);
    }

    private static boolean isRepeated(Session session, Event event) throws SQLException {
        Optional<Event> last = session.first(
                "SELECT " + COLUMNS + " FROM event WHERE job IS ? ORDER BY id DESC LIMIT 1",
                EventTable::read,
                event.job());
        return last.filter(before -> before.word().equals(event.word())
                        && before.text().equals(event.text())
                        && before.commit().equals(event.commit()))
                .isPresent();
    }

    private static Event read(ResultSet row) throws SQLException {
        return new Event(
                Optional.ofNullable(row.getString(1)).map(Keys::read),
                row.getString(2),
                row.getString(3),
                Optional.ofNullable(row.getString(4)).map(CommitId::new),
                Instant.ofEpochMilli(row.getLong(5)));
    }

    private EventTable() {}
}
