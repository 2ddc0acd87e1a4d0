// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.spec.Digest;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The text of every specification that was ever deployed or meant to be, each once, under its own
 * digest: the configuration of a job that is down is never a riddle.
 */
final class SpecTable {
    static void put(Session session, SortedMap<String, String> specs) throws SQLException {
        for (Map.Entry<String, String> spec : specs.entrySet()) {
            session.update(
                    "INSERT INTO effective_spec (digest, text) VALUES (?, ?)"
                            + " ON CONFLICT (digest) DO NOTHING",
                    spec.getKey(),
                    spec.getValue());
        }
    }

    /** Finds texts within one transaction, each at most once. */
    static Function<Digest, String> texts(Session session) {
        Map<Digest, String> known = new HashMap<>();
        return digest -> known.computeIfAbsent(digest, wanted -> text(session, wanted));
    }

    private static String text(Session session, Digest digest) {
        try {
            return session.first(
                            "SELECT text FROM effective_spec WHERE digest = ?",
                            row -> row.getString(1),
                            digest)
                    .orElseThrow(() -> new IllegalStateException(
                            "the journal refers to a specification it does not have: " + digest));
        } catch (SQLException e) {
            throw new JournalException(
                    JournalException.Problem.OTHER, "cannot read specification " + digest, e);
        }
    }

    private SpecTable() {}
}
