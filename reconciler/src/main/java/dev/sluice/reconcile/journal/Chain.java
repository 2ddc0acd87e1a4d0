// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.spec.Digest;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The chain over all append-only rows. Each link covers its row and the link before, so a changed,
 * removed or reordered row breaks every link after it. What it cannot show: rows cut off at the
 * end. Whoever notes the newest hash elsewhere can see that too.
 */
final class Chain {
    private static final String START = "0".repeat(64);
    private static final List<String> TABLES =
            List.of("intent", "outcome", "state_ledger", "commit_log", "event", "pruning");

    private record Link(long sequence, String table, long row, String digest, String hash) {}

    /** Adds the link for a row that this transaction has just written. */
    static void append(Session session, String table, long row) throws SQLException {
        String previous = session.first(
                        "SELECT hash FROM chain ORDER BY seq DESC LIMIT 1", r -> r.getString(1))
                .orElse(START);
        String digest = digest(session, table, row).orElseThrow();
        session.update(
                "INSERT INTO chain (subject, subject_id, digest, hash) VALUES (?, ?, ?, ?)",
                table,
                row,
                digest,
                link(previous, digest));
    }

    /** Reads every row again, oldest first, and says where the chain breaks first, if it does. */
    static ChainCheck verify(Session session) throws SQLException {
        Chain chain = new Chain(session);
        Optional<ChainCheck.Broken> broken = chain.walk();
        return broken.isPresent()
                ? broken.get()
                : new ChainCheck.Intact(chain.expected - 1, chain.previous);
    }

    /** Whether a link with this hash is there; one noted elsewhere is gone when rows were cut off. */
    static boolean contains(Session session, String hash) throws SQLException {
        return session.exists("SELECT 1 FROM chain WHERE hash = ?", hash);
    }

    private final Session session;
    private final Map<String, Long> missing = new TreeMap<>();
    private String previous = START;
    private long expected = 1;

    private Chain(Session session) {
        this.session = session;
    }

    private Optional<ChainCheck.Broken> walk() throws SQLException {
        List<Link> links = page();
        while (!links.isEmpty()) {
            for (Link link : links) {
                Optional<String> fault = fault(link);
                if (fault.isPresent()) {
                    return Optional.of(new ChainCheck.Broken(link.sequence(), fault.get()));
                }
                previous = link.hash();
                expected++;
            }
            links = page();
        }
        for (String table : TABLES) {
            Optional<String> fault = fault(table);
            if (fault.isPresent()) {
                return Optional.of(new ChainCheck.Broken(expected, fault.get()));
            }
        }
        return Optional.empty();
    }

    /** The next links; a history of millions is never in memory at once. */
    private List<Link> page() throws SQLException {
        return session.query(
                "SELECT seq, subject, subject_id, digest, hash FROM chain WHERE seq >= ?"
                        + " ORDER BY seq LIMIT 1000",
                Chain::link,
                expected);
    }

    private Optional<String> fault(Link link) throws SQLException {
        String name = link.table() + " row " + link.row();
        if (link.sequence() != expected) {
            return Optional.of("link " + expected + " is missing");
        }
        if (!TABLES.contains(link.table())) {
            return Optional.of("the link names an unknown table");
        }
        Optional<String> digest = digest(session, link.table(), link.row());
        if (digest.isEmpty() && !isPruned(link)) {
            return Optional.of(name + " is missing");
        }
        if (digest.isEmpty()) {
            missing.merge(link.table(), 1L, Long::sum);
        }
        if (!digest.orElse(link.digest()).equals(link.digest())) {
            return Optional.of(name + " was changed");
        }
        if (!link(previous, link.digest()).equals(link.hash())) {
            return Optional.of("the link of " + name + " was changed");
        }
        return Optional.empty();
    }

    private boolean isPruned(Link link) throws SQLException {
        return session.exists(
                "SELECT 1 FROM pruning WHERE subject = ? AND up_to >= ?", link.table(), link.row());
    }

    private Optional<String> fault(String table) throws SQLException {
        Optional<Long> stray = stray(session, table);
        if (stray.isPresent()) {
            return Optional.of(table + " row " + stray.get() + " is not in the chain");
        }
        long removed = session.first(
                        "SELECT coalesce(sum(removed), 0) FROM pruning WHERE subject = ?",
                        row -> row.getLong(1),
                        table)
                .orElseThrow();
        long gone = missing.getOrDefault(table, 0L);
        return gone == removed
                ? Optional.empty()
                : Optional.of(
                        gone + " rows of " + table + " are missing, retention removed " + removed);
    }

    private static Optional<Long> stray(Session session, String table) throws SQLException {
        return session.first(
                "SELECT id FROM " + table + " WHERE id NOT IN"
                        + " (SELECT subject_id FROM chain WHERE subject = ?) LIMIT 1",
                row -> row.getLong(1),
                table);
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5));
    }

    private static String link(String previous, String digest) {
        return Digest.of(previous + "\n" + digest).hex();
    }

    /**
     * Every column by name, length and value. A NULL is left out, so that a column added by a later
     * version does not change the digest of an old row.
     */
    private static Optional<String> digest(Session session, String table, long row)
            throws SQLException {
        return session.first("SELECT * FROM " + table + " WHERE id = ?", Chain::digest, row);
    }

    private static String digest(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        StringBuilder text = new StringBuilder();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String value = row.getString(column);
            if (value != null) {
                text.append(columns.getColumnName(column))
                        .append(':')
                        .append(value.length())
                        .append('=')
                        .append(value)
                        .append('\n');
            }
        }
        return Digest.of(text.toString()).hex();
    }
}
