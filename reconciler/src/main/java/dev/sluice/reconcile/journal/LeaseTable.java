// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.drive.Place;
import dev.sluice.drive.Place.Relation;
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
    private record Row(
            String owner, long token, boolean isLocked, Instant expiresAt, Place place) {}

    /**
     * Gives the lease to the owner, unless another has it. The lease of an owner that held the lock
     * file is free as soon as somebody else on the same kernel holds that file: its process has
     * ended. Between hosts a lock proves nothing, since storage may not pass it on.
     *
     * @param isLocked the asker holds the lock file
     * @param here where the asker runs
     */
    static Leadership acquire(
            Session session,
            String owner,
            boolean isLocked,
            Place here,
            Duration lifetime,
            Instant now)
            throws SQLException {
        Optional<Row> row = row(session);
        if (row.isPresent() && isHeldByOther(row.get(), owner, isLocked, here, now)) {
            return new Leadership.Standby(row.get().owner(), row.get().expiresAt());
        }
        long token = row.map(Row::token).orElse(0L) + 1;
        return write(session, new Row(owner, token, isLocked, now.plus(lifetime), here));
    }

    /**
     * Why this place may not use the journal now: a leader on another host has it open. SQLite keeps
     * the index of the write-ahead log in shared memory, which hosts do not share.
     */
    static Optional<String> elsewhere(Session session, Place here, Instant now)
            throws SQLException {
        return row(session)
                .filter(row -> now.isBefore(row.expiresAt()))
                .filter(row -> here.relationTo(row.place()) == Relation.OTHER_HOST)
                .map(row ->
                        "controller " + row.owner() + " on host " + row.place().host()
                                + " uses this data directory until " + row.expiresAt()
                                + ": two hosts cannot share one journal; stop that controller, or give"
                                + " this one a dataDirectory of its own");
    }

    /** Extends the lease; an expired one too, as long as nobody else took over. */
    static Leadership renew(
            Session session, FencingToken token, boolean isLocked, Duration lifetime, Instant now)
            throws SQLException {
        Row row = row(session).orElseThrow(() -> new IllegalStateException("renew before acquire"));
        if (row.token() != token.number()) {
            return new Leadership.Standby(row.owner(), row.expiresAt());
        }
        return write(
                session,
                new Row(row.owner(), row.token(), isLocked, now.plus(lifetime), row.place()));
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

    private static boolean isHeldByOther(
            Row row, String owner, boolean isLocked, Place here, Instant now) {
        boolean isLockHonest = here.relationTo(row.place()) != Relation.OTHER_HOST;
        boolean isDead = isLocked && row.isLocked() && isLockHonest;
        return !row.owner().equals(owner) && !isDead && now.isBefore(row.expiresAt());
    }

    private static Leadership write(Session session, Row row) throws SQLException {
        session.update(
                "INSERT INTO lease (id, owner, token, locked, expires_at, place)"
                        + " VALUES (1, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET owner = excluded.owner,"
                        + " token = excluded.token, locked = excluded.locked,"
                        + " expires_at = excluded.expires_at, place = excluded.place",
                row.owner(),
                row.token(),
                row.isLocked() ? 1 : 0,
                row.expiresAt(),
                row.place().text());
        return new Leadership.Leading(new FencingToken(row.token()), row.expiresAt());
    }

    private static Optional<Row> row(Session session) throws SQLException {
        return session.first(
                "SELECT owner, token, locked, expires_at, place FROM lease WHERE id = 1",
                row -> new Row(
                        row.getString(1),
                        row.getLong(2),
                        row.getBoolean(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        Place.read(row.getString(5))));
    }

    private LeaseTable() {}
}
