// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The plans that people and phases refer to by id, as they were printed. */
final class PlanTable {
    /** Comes after every character that ids are made of. */
    private static final String LAST = "~";

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

    /** The text of the plan stored last among those whose ids begin so. */
    static Optional<String> newest(Session session, String prefix) throws SQLException {
        return session.first(
                "SELECT text FROM plan WHERE id > ? AND id < ?"
                        + " ORDER BY at DESC, rowid DESC LIMIT 1",
                row -> row.getString(1),
                prefix,
                prefix + LAST);
    }

    /** The id of the job's newest plan, if that is a plan for this wish. */
    static Optional<String> standing(Session session, JobKey job, String wish) throws SQLException {
        return session.first(
                "SELECT text ->> '$.id' FROM plan WHERE rowid = (SELECT rowid FROM plan"
                        + " WHERE id > ? AND id < ? ORDER BY at DESC, rowid DESC LIMIT 1)"
                        + " AND text ->> '$.wish' = ?",
                row -> row.getString(1),
                prefix(job),
                prefix(job) + LAST,
                wish);
    }

    /** What the ids of all plans of a job begin with. */
    static String prefix(JobKey job) {
        return job + "/plan/";
    }

    private PlanTable() {}
}
