// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.reconcile.journal.JournalException.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one row that says who leads. Times only decide when another may take over; what protects is
 * the token, compared inside the transaction of every write.
 */
final class LeaseTable {
    private record Row(String owner, long token, boolean isLocked, Instant expiresAt) {}

    /**
     * Gives the lease to the owner, unless another has it. The lease of an owner that held the lock
     * file is free as soon as somebody else holds that file: its process has ended.
     *
     * @param isLocked the asker holds the lock file
     */
    static Leadership acquire(
            Session session, String owner, boolean isLocked, Duration lifetime, Instant now)
            throws SQLException {
        Optional<Row> row = row(session);
        if (row.isPresent() && isHeldByOther(row.get(), owner, isLocked, now)) {
            return new Leadership.Standby(row.get().owner(), row.get().expiresAt());
        }
        long token = row.map(Row::token).orElse(0L) + 1;
        return write(session, new Row(owner, token, isLocked, now.plus(lifetime)));
    }

    /** Extends the lease; an expired one too, as long as nobody else took over. */
    static Leadership renew(
            Session session, FencingToken token, boolean isLocked, Duration lifetime, Instant now)
            throws SQLException {
        Row row = row(session).orElseThrow(() -> new IllegalStateException("renew before acquire"));
        if (row.token() != token.number()) {
            return new Leadership.Standby(row.owner(), row.expiresAt());
        }
        return write(session, new Row(row.owner(), row.token(), isLocked, now.plus(lifetime)));
    }

    /** Ends the lease now, so that a successor need not wait; the token stays used. */
    static void release(Session session, FencingToken token, Instant now) throws SQLException {
        session.update("UPDATE lease SET expires_at = ? WHERE token = ?", now, token.number());
    }

    /** True while the token is the newest and its time has not run out. */
    static boolean isValid(Session session, FencingToken token, Instant now) throws SQLException {
        return row(session)
                .filter(row -> row.token() == token.number() && now.isBefore(row.expiresAt()))
                .isPresent();
    }

    static boolean isNewest(Session session, FencingToken token) throws SQLException {
        return row(session).filter(row -> row.token() == token.number()).isPresent();
    }

    /** The gate before every intent. */
    static void check(Session session, FencingToken token, Instant now) throws SQLException {
        if (!isValid(session, token, now)) {
            throw lost(session, token);
        }
    }

    static JournalException lost(Session session, FencingToken token) throws SQLException {
        String holder = row(session)
                .map(row -> row.owner() + " has token " + row.token() + " until " + row.expiresAt())
                .orElse("nobody leads");
        return new JournalException(
                Problem.LEASE_LOST,
                "token " + token + " may not act: " + holder + "; this controller stands by");
    }

    private static boolean isHeldByOther(Row row, String owner, boolean isLocked, Instant now) {
        boolean isDead = isLocked && row.isLocked();
        return !row.owner().equals(owner) && !isDead && now.isBefore(row.expiresAt());
    }

    private static Leadership write(Session session, Row row) throws SQLException {
        session.update(
                "INSERT INTO lease (id, owner, token, locked, expires_at) VALUES (1, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET owner = excluded.owner,"
                        + " token = excluded.token, locked = excluded.locked,"
                        + " expires_at = excluded.expires_at",
                row.owner(),
                row.token(),
                row.isLocked() ? 1 : 0,
                row.expiresAt());
        return new Leadership.Leading(new FencingToken(row.token()), row.expiresAt());
    }

    private static Optional<Row> row(Session session) throws SQLException {
        return session.first(
                "SELECT owner, token, locked, expires_at FROM lease WHERE id = 1",
                row -> new Row(
                        row.getString(1),
                        row.getLong(2),
                        row.getBoolean(3),
                        Instant.ofEpochMilli(row.getLong(4))));
    }

    private LeaseTable() {}
}
