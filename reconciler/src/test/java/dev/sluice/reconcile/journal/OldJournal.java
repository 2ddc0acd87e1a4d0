// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.record;
import static dev.sluice.reconcile.journal.Samples.stop;
import static dev.sluice.reconcile.journal.Samples.stopping;

import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.journal.JournalJson.Encoded;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.sql.SQLException;

/** One row of each kind, in the columns that every version of the journal has had. */
final class OldJournal {
    static final JobRecord RECORD = record(stopping());
    static final Outcome DONE = new Outcome.Done(Evidence.of(Samples.pointer(1, 7)));

    private static final JournalJson JSON = new JournalJson();

    private OldJournal() {}

    static void write(Database database) {
        database.write(session -> {
            session.update("INSERT INTO meta (name, value) VALUES ('id', 'an-old-journal')");
            present(session);
            step(session);
            pointer(session);
            words(session);
            return null;
        });
    }

    private static void present(Session session) throws SQLException {
        Encoded body = JSON.encode(RECORD);
        SpecTable.put(session, body.specs());
        session.update(
                "INSERT INTO job_record (job, environment, phase, attempt, reason, holds,"
                        + " commit_hash, body, updated_at)"
                        + " VALUES (?, 'test', 'Stopping', 1, 'SpecChanged', '[]', ?, ?, ?)",
                KEY.qualified(),
                COMMIT,
                body.text(),
                NOW);
    }

    private static void step(Session session) throws SQLException {
        Encoded body = JSON.encode(stop());
        SpecTable.put(session, body.specs());
        session.update(
                "INSERT INTO intent (id, job, step, attempt, commit_hash, reason, token, body, at)"
                        + " VALUES (1, ?, 'StopWithSavepoint', 1, ?, 'SpecChanged', 1, ?, ?)",
                KEY.qualified(),
                COMMIT,
                body.text(),
                NOW);
        Chain.append(session, "intent", 1);
        session.update(
                "INSERT INTO outcome (id, intent, word, body, at) VALUES (1, 1, 'Done', ?, ?)",
                JSON.encode(DONE).text(),
                NOW);
        Chain.append(session, "outcome", 1);
    }

    private static void pointer(Session session) throws SQLException {
        session.update(
                "INSERT INTO state_ledger (id, job, path, kind, job_id, attempt, checkpoint_id,"
                        + " completed_at, flink_version, status, cause, intent, body, at)"
                        + " VALUES (1, ?, ?, 'SAVEPOINT', ?, 1, 7, ?, '1.20', 'LIVE', 'outcome',"
                        + " 1, ?, ?)",
                KEY.qualified(),
                Samples.pointer(1, 7).path(),
                Samples.ID,
                NOW,
                JSON.encode(Samples.pointer(1, 7)).text(),
                NOW);
        Chain.append(session, "state_ledger", 1);
    }

    private static void words(Session session) throws SQLException {
        session.update(
                "INSERT INTO commit_log (id, hash, author, committed_at, subject, verdict, reason,"
                        + " findings, at) VALUES (1, ?, 'Ann <ann@example.com>', ?, 'Begin',"
                        + " 'ACCEPTED', '', '[]', ?)",
                COMMIT,
                NOW,
                NOW);
        Chain.append(session, "commit_log", 1);
        session.update(
                "INSERT INTO event (id, job, word, text, at) VALUES (1, ?, 'Word', 'text', ?)",
                KEY.qualified(),
                NOW);
        Chain.append(session, "event", 1);
    }
}
