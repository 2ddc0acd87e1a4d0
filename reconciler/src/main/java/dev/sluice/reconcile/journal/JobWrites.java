// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.HistoryTable.Cause;
import dev.sluice.reconcile.journal.HistoryTable.Owner;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.StatePointer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one write about a job touches, together or not at all. Every method is one transaction's inside. */
final class JobWrites {
    private final RecordTable records;
    private final HistoryTable history;
    private final LedgerTable ledger;
    private final Acquaintance acquaintance;

    JobWrites(
            RecordTable records,
            HistoryTable history,
            LedgerTable ledger,
            Acquaintance acquaintance) {
        this.records = records;
        this.history = history;
        this.ledger = ledger;
        this.acquaintance = acquaintance;
    }

    /** Stores the decision and the intent of its step. */
    long intend(
            Session session,
            FencingToken token,
            Decision decision,
            Step step,
            CommitId commit,
            Instant at)
            throws SQLException {
        LeaseTable.check(session, token, at);
        storeChecked(session, decision, commit, at);
        Optional<String> plan = plan(session, step, decision.next());
        Cause cause = new Cause(commit, plan, decision.reason(), token);
        return history.intend(session, decision.next().key(), step, cause, at);
    }

    /** Stores the decision alone; writes nothing when it says what the row says already. */
    void store(Session session, FencingToken token, Decision decision, CommitId commit, Instant at)
            throws SQLException {
        LeaseTable.check(session, token, at);
        storeChecked(session, decision, commit, at);
    }

    /**
     * Stores an outcome. The facts are stored in any case: the effect did happen. The record is
     * replaced only while nobody has gone on since: the token is the newest, and so is the intent.
     *
     * @return the record that is there now; empty when another controller has taken over
     */
    Optional<JobRecord> conclude(
            Session session, long intent, JobRecord next, Outcome outcome, Instant at)
            throws SQLException {
        Owner owner = history.owner(session, intent);
        if (!owner.job().equals(next.key())) {
            throw new IllegalStateException(
                    "intent " + intent + " is of " + owner.job() + ", not of " + next.key());
        }
        history.conclude(session, intent, outcome, at);
        Optional<StatePointer> pointer = evidence(outcome).flatMap(Evidence::pointer);
        if (pointer.isPresent()) {
            ledger.proven(session, owner.job(), pointer.get(), intent, at);
        }
        if (!LeaseTable.isNewest(session, owner.token())) {
            return Optional.empty();
        }
        if (history.isNewest(session, owner.job(), intent)) {
            replace(session, next, at);
        }
        return records.find(session, next.key()).map(StoredJob::record);
    }

    /**
     * Stores an outcome that had to wait in a file; the right to act does not matter for a fact. A
     * journal restored from a backup may not have the intent: then only the pointers are kept.
     */
    void replay(Session session, long intent, JobRecord next, Outcome outcome, Instant at)
            throws SQLException {
        JobKey job = next.key();
        Optional<StatePointer> pointer = evidence(outcome).flatMap(Evidence::pointer);
        if (!history.belongsTo(session, intent, job)) {
            if (pointer.isPresent()) {
                ledger.found(session, job, pointer.get(), "emergency file", at);
            }
            ledger.mentioned(session, next, at);
            return;
        }
        if (history.isConcluded(session, intent)) {
            return;
        }
        history.conclude(session, intent, outcome, at);
        if (pointer.isPresent()) {
            ledger.proven(session, job, pointer.get(), intent, at);
        }
        if (history.isNewest(session, job, intent)) {
            replace(session, next, at);
        }
        ledger.mentioned(session, next, at);
    }

    /** The plan that stands for the step's wish; one that was never made anew has the wish's id. */
    private static Optional<String> plan(Session session, Step step, JobRecord next)
            throws SQLException {
        Optional<String> wish = WishOf.step(step, next);
        if (wish.isEmpty()) {
            return wish;
        }
        return PlanTable.standing(session, next.key(), wish.get()).or(() -> wish);
    }

    private void replace(Session session, JobRecord next, Instant at) throws SQLException {
        Optional<JobRecord> before = records.find(session, next.key()).map(StoredJob::record);
        if (!before.equals(Optional.of(next))) {
            records.putRecord(session, next, at);
            ledger.mentioned(session, next, at);
            ledger.consumed(session, next, at);
        }
    }

    private void storeChecked(Session session, Decision decision, CommitId commit, Instant at)
            throws SQLException {
        JobKey key = decision.next().key();
        Optional<StoredJob> before = records.find(session, key);
        acquaintance.check(key, before.map(StoredJob::record));
        if (before.filter(row -> says(row, decision)).isPresent()) {
            return;
        }
        records.put(
                session,
                new StoredJob(decision.next(), decision.reason(), decision.holds(), commit, at));
        ledger.mentioned(session, decision.next(), at);
        ledger.consumed(session, decision.next(), at);
        if (before.filter(row -> sounds(row, decision)).isEmpty()) {
            EventTable.add(session, event(decision, commit, at));
        }
    }

    private static boolean says(StoredJob row, Decision decision) {
        return row.record().equals(decision.next()) && sounds(row, decision);
    }

    private static boolean sounds(StoredJob row, Decision decision) {
        return row.reason() == decision.reason() && row.holds().equals(decision.holds());
    }

    private static Event event(Decision decision, CommitId commit, Instant at) {
        Reason reason = decision.reason();
        String text = decision.holds().isEmpty()
                ? decision.next().phase().word()
                : decision.holds().stream().map(Hold::text).collect(Collectors.joining("; "));
        return new Event(
                Optional.of(decision.next().key()), reason.name(), text, Optional.of(commit), at);
    }

    private static Optional<Evidence> evidence(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return Optional.of(done.evidence());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Optional.of(failed.evidence());
        }
        return Optional.empty();
    }
}
