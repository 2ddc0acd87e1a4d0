// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.HistoryEntry.Motive;
import dev.sluice.reconcile.journal.HistoryEntry.Result;
import dev.sluice.reconcile.journal.JournalJson.Encoded;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Intents and outcomes: every effect that was ever meant, and what came of it. */
final class HistoryTable {
    /** What an intent is for. */
    record Cause(CommitId commit, Optional<String> plan, Reason reason, FencingToken token) {}

    /** Whose intent it is, and by whose right it was meant. */
    record Owner(JobKey job, FencingToken token) {}

    private static final String ENTRY = "SELECT i.id, i.job, i.body, i.commit_hash, c.author,"
            + " c.signer, i.plan, i.reason, i.token, i.at FROM intent i LEFT JOIN commit_log c"
            + " ON c.id = (SELECT max(id) FROM commit_log WHERE hash = i.commit_hash)";

    private final JournalJson json;

    HistoryTable(JournalJson json) {
        this.json = json;
    }

    /**
     * Writes the intent, unless the newest one of the job is the same step under the same token and
     * still open: then that one goes on.
     */
    long intend(Session session, JobKey job, Step step, Cause cause, Instant at)
            throws SQLException {
        Encoded body = json.encode(step);
        Optional<Long> open = openSame(session, job, body.text(), cause.token());
        if (open.isPresent()) {
            return open.get();
        }
        SpecTable.put(session, body.specs());
        StepColumns columns = StepColumns.of(step);
        long id = session.insert(
                "INSERT INTO intent (job, step, attempt, job_id, trigger_id, directory,"
                        + " commit_hash, plan, reason, token, body, at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                job.qualified(),
                columns.word(),
                columns.attempt(),
                columns.job(),
                columns.trigger(),
                columns.directory(),
                cause.commit(),
                cause.plan(),
                cause.reason(),
                cause.token().number(),
                body.text(),
                at);
        Chain.append(session, "intent", id);
        return id;
    }

    /** Adds an outcome; the same Waiting or Unknown again adds nothing. */
    void conclude(Session session, long intent, Outcome outcome, Instant at) throws SQLException {
        String body = json.encode(outcome).text();
        String word = outcome.getClass().getSimpleName();
        if (isRepeated(session, intent, outcome)) {
            return;
        }
        long id = session.insert(
                "INSERT INTO outcome (intent, word, body, at) VALUES (?, ?, ?, ?)",
                intent,
                word,
                body,
                at);
        Chain.append(session, "outcome", id);
    }

    Owner owner(Session session, long intent) throws SQLException {
        return session.first(
                        "SELECT job, token FROM intent WHERE id = ?",
                        row -> new Owner(
                                Keys.read(row.getString(1)), new FencingToken(row.getLong(2))),
                        intent)
                .orElseThrow(() -> new IllegalStateException("there is no intent " + intent));
    }

    boolean belongsTo(Session session, long intent, JobKey job) throws SQLException {
        return session.exists(
                "SELECT 1 FROM intent WHERE id = ? AND job = ?", intent, job.qualified());
    }

    boolean isConcluded(Session session, long intent) throws SQLException {
        return session.exists(
                "SELECT 1 FROM outcome WHERE intent = ? AND word IN ('Done', 'Failed')", intent);
    }

    boolean isNewest(Session session, JobKey job, long intent) throws SQLException {
        return !session.exists(
                "SELECT 1 FROM intent WHERE job = ? AND id > ?", job.qualified(), intent);
    }

    /** The newest entries of a job, newest first. */
    List<HistoryEntry> entries(Session session, JobKey job, int limit) throws SQLException {
        Function<Digest, String> texts = SpecTable.texts(session);
        return session.query(
                ENTRY + " WHERE job = ? ORDER BY i.id DESC LIMIT ?",
                row -> entry(session, row, texts),
                job.qualified(),
                limit);
    }

    /** The newest entries of all jobs, newest first. */
    List<HistoryEntry> newest(Session session, int limit) throws SQLException {
        Function<Digest, String> texts = SpecTable.texts(session);
        return session.query(
                ENTRY + " ORDER BY i.id DESC LIMIT ?", row -> entry(session, row, texts), limit);
    }

    private HistoryEntry entry(Session session, ResultSet row, Function<Digest, String> texts)
            throws SQLException {
        long id = row.getLong(1);
        return new HistoryEntry(
                id,
                Keys.read(row.getString(2)),
                json.decode(row.getString(3), Step.class, texts),
                new Motive(
                        new CommitId(row.getString(4)),
                        Optional.ofNullable(row.getString(5)),
                        Optional.ofNullable(row.getString(6)),
                        Optional.ofNullable(row.getString(7)),
                        Reason.valueOf(row.getString(8))),
                new FencingToken(row.getLong(9)),
                Instant.ofEpochMilli(row.getLong(10)),
                results(session, id));
    }

    private List<Result> results(Session session, long intent) throws SQLException {
        return session.query(
                "SELECT body, at FROM outcome WHERE intent = ? ORDER BY id",
                row -> new Result(
                        json.decode(row.getString(1), Outcome.class),
                        Instant.ofEpochMilli(row.getLong(2))),
                intent);
    }

    private Optional<Long> openSame(Session session, JobKey job, String body, FencingToken token)
            throws SQLException {
        Optional<Long> newest = session.first(
                "SELECT id FROM intent WHERE id = (SELECT max(id) FROM intent WHERE job = ?)"
                        + " AND body = ? AND token = ?",
                row -> row.getLong(1),
                job.qualified(),
                body,
                token.number());
        if (newest.isPresent() && isConcluded(session, newest.get())) {
            return Optional.empty();
        }
        return newest;
    }

    private boolean isRepeated(Session session, long intent, Outcome outcome) throws SQLException {
        Optional<Outcome> last = session.first(
                "SELECT body FROM outcome WHERE intent = ? ORDER BY id DESC LIMIT 1",
                row -> json.decode(row.getString(1), Outcome.class),
                intent);
        if (last.isEmpty()) {
            return false;
        }
        if (last.get() instanceof Outcome.Waiting before
                && outcome instanceof Outcome.Waiting now) {
            return before.what().equals(now.what());
        }
        return last.get().equals(outcome);
    }
}
