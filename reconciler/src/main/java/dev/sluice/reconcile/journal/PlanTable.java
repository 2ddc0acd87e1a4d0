// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.spec.CommitId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The plans that people and phases refer to by id, as they were printed. */
final class PlanTable {
    static void put(Session session, String id, CommitId commit, String text, Instant at)
            throws SQLException {
        session.update(
                "INSERT INTO plan (id, commit_hash, text, at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO NOTHING",
                id,
                commit,
                text,
                at);
    }

    static Optional<String> text(Session session, String id) throws SQLException {
        return session.first("SELECT text FROM plan WHERE id = ?", row -> row.getString(1), id);
    }

    private PlanTable() {}
}
