// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.journal.LedgerEntry.Status;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.StatePointer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Every state pointer ever seen. Rows are only added; the newest row of a path counts. */
final class LedgerTable {
    private final JournalJson json;

    LedgerTable(JournalJson json) {
        this.json = json;
    }

    /** Notes a pointer that the outcome of a step has just proven to exist. */
    void proven(Session session, JobKey job, StatePointer pointer, long intent, Instant at)
            throws SQLException {
        if (!isLive(session, job, pointer)) {
            add(session, job, entry(pointer, Status.LIVE, "outcome", at), Optional.of(intent));
        }
    }

    /** Notes a pointer that was proven to exist, by something else than a known intent. */
    void found(Session session, JobKey job, StatePointer pointer, String cause, Instant at)
            throws SQLException {
        if (!isLive(session, job, pointer)) {
            add(session, job, entry(pointer, Status.LIVE, cause, at), Optional.empty());
        }
    }

    private boolean isLive(Session session, JobKey job, StatePointer pointer) throws SQLException {
        return newest(session, job, pointer.path())
                .filter(entry -> entry.status() == Status.LIVE)
                .isPresent();
    }

    /** Notes every pointer of the record that the ledger does not know yet. */
    void mentioned(Session session, JobRecord record, Instant at) throws SQLException {
        for (StatePointer pointer : PointersOf.record(record)) {
            if (newest(session, record.key(), pointer.path()).isEmpty()) {
                LedgerEntry entry = entry(pointer, Status.LIVE, "record", at);
                add(session, record.key(), entry, Optional.empty());
            }
        }
    }

    /** Notes which pointers the record says are used up, once. */
    void consumed(Session session, JobRecord record, Instant at) throws SQLException {
        Optional<StatePointer> consumed = LiveLineage.consumed(record);
        if (consumed.isPresent() && isLive(session, record.key(), consumed.get())) {
            String cause = "attempt " + record.attempt() + " started from it and is stable";
            LedgerEntry entry = entry(consumed.get(), Status.CONSUMED, cause, at);
            add(session, record.key(), entry, Optional.empty());
        }
    }

    /** Changes the status of a known pointer, for a stated cause. */
    void mark(Session session, JobKey job, String path, Status status, String cause, Instant at)
            throws SQLException {
        LedgerEntry known = newest(session, job, path)
                .orElseThrow(() -> new IllegalStateException(
                        "the ledger of " + job + " does not know " + path));
        if (known.status() != status) {
            add(session, job, entry(known.pointer(), status, cause, at), Optional.empty());
        }
    }

    /** The present status of every pointer of a job, newest pointer first. */
    List<LedgerEntry> entries(Session session, JobKey job) throws SQLException {
        return session.query(
                "SELECT body, status, cause, at FROM state_ledger WHERE id IN"
                        + " (SELECT max(id) FROM state_ledger WHERE job = ? GROUP BY path)"
                        + " ORDER BY attempt DESC, checkpoint_id DESC, completed_at DESC, id DESC",
                this::read,
                job.qualified());
    }

    private Optional<LedgerEntry> newest(Session session, JobKey job, String path)
            throws SQLException {
        return session.first(
                "SELECT body, status, cause, at FROM state_ledger WHERE job = ? AND path = ?"
                        + " ORDER BY id DESC LIMIT 1",
                this::read,
                job.qualified(),
                path);
    }

    private void add(Session session, JobKey job, LedgerEntry entry, Optional<Long> intent)
            throws SQLException {
        StatePointer pointer = entry.pointer();
        long id = session.insert(
                "INSERT INTO state_ledger (job, path, kind, job_id, attempt, checkpoint_id,"
                        + " completed_at, flink_version, status, cause, intent, body, at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                job.qualified(),
                pointer.path(),
                pointer.kind(),
                pointer.job(),
                pointer.attempt(),
                pointer.checkpointId(),
                pointer.completedAt(),
                pointer.flinkVersion(),
                entry.status(),
                entry.cause(),
                intent,
                json.encode(pointer).text(),
                entry.at());
        Chain.append(session, "state_ledger", id);
    }

    private LedgerEntry read(ResultSet row) throws SQLException {
        return new LedgerEntry(
                json.decode(row.getString(1), StatePointer.class),
                Status.valueOf(row.getString(2)),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)));
    }

    private static LedgerEntry entry(
            StatePointer pointer, Status status, String cause, Instant at) {
        return new LedgerEntry(pointer, status, cause, at);
    }
}
