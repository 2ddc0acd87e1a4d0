// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.JournalJson.Encoded;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The present row of every job. */
final class RecordTable {
    private static final String COLUMNS = "body, reason, holds, commit_hash, updated_at";

    private final JournalJson json;

    RecordTable(JournalJson json) {
        this.json = json;
    }

    Optional<StoredJob> find(Session session, JobKey key) throws SQLException {
        return session.first(
                "SELECT " + COLUMNS + " FROM job_record WHERE job = ?",
                row -> read(session, row),
                key.qualified());
    }

    /** Every job ever seen, by name. */
    List<StoredJob> all(Session session) throws SQLException {
        var texts = SpecTable.texts(session);
        return session.query(
                "SELECT " + COLUMNS + " FROM job_record ORDER BY job",
                row -> read(row, json.decode(row.getString(1), JobRecord.class, texts)));
    }

    /** Replaces the row and the decision's words. */
    void put(Session session, StoredJob job) throws SQLException {
        JobRecord record = job.record();
        Encoded body = json.encode(record);
        SpecTable.put(session, body.specs());
        session.update(
                "INSERT INTO job_record (job, environment, phase, attempt, reason, holds,"
                        + " commit_hash, body, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (job) DO UPDATE SET phase = excluded.phase,"
                        + " attempt = excluded.attempt, reason = excluded.reason,"
                        + " holds = excluded.holds, commit_hash = excluded.commit_hash,"
                        + " body = excluded.body, updated_at = excluded.updated_at",
                record.key().qualified(),
                record.key().environment(),
                record.phase().word(),
                record.attempt(),
                job.reason(),
                json.encode(job.holds()).text(),
                job.commit(),
                body.text(),
                job.updatedAt());
    }

    /** Replaces the record alone; the decision's words stay until the next decision. */
    void putRecord(Session session, JobRecord record, Instant at) throws SQLException {
        Encoded body = json.encode(record);
        SpecTable.put(session, body.specs());
        session.update(
                "UPDATE job_record SET phase = ?, attempt = ?, body = ?, updated_at = ?"
                        + " WHERE job = ?",
                record.phase().word(),
                record.attempt(),
                body.text(),
                at,
                record.key().qualified());
    }

    private StoredJob read(Session session, ResultSet row) throws SQLException {
        return read(row, json.decode(row.getString(1), JobRecord.class, SpecTable.texts(session)));
    }

    private StoredJob read(ResultSet row, JobRecord record) throws SQLException {
        List<Hold> holds = json.decodeList(row.getString(3), Hold.class);
        return new StoredJob(
                record,
                Reason.valueOf(row.getString(2)),
                holds,
                new CommitId(row.getString(4)),
                Instant.ofEpochMilli(row.getLong(5)));
    }
}
