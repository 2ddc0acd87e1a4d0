// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.drive.Place;
import dev.sluice.plan.Decision;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.JournalException.Problem;
import dev.sluice.reconcile.journal.LedgerEntry.Status;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The memory of one environment's controller: {@code journal.db} in its data directory.
 *
 * <p>Every method is one transaction and is durable when it returns; every one may throw {@link
 * JournalException}, after which nothing of it is stored. Safe for many threads: writes wait for
 * each other, reads wait for nobody. An effect on a cluster may follow only a returned {@link
 * #intend}.
 */
public final class Journal implements JobMemory, AutoCloseable {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private final Path directory;
    private final Database database;
    private final ProcessLock lock;
    private final Emergency emergency;
    private final Acquaintance acquaintance = new Acquaintance();
    private final JobWrites writes;
    private final RecordTable records;
    private final HistoryTable history;
    private final LedgerTable ledger;
    private final CommitTable commits;
    private final ObservationTable observations;

    private Journal(JournalFiles files, Database database, JournalJson json) {
        this.directory = files.directory();
        this.database = database;
        lock = new ProcessLock(files.lock());
        emergency = new Emergency(files, json);
        records = new RecordTable(json);
        history = new HistoryTable(json);
        ledger = new LedgerTable(json);
        writes = new JobWrites(records, history, ledger, acquaintance);
        commits = new CommitTable(json);
        observations = new ObservationTable(json);
    }

    /**
     * Opens the journal of a data directory, making one where none ever was, and stores what an
     * earlier run had to leave in emergency files. Refuses a damaged, missing, emptied or newer file,
     * and that of another journal.
     */
    public static Journal open(Path dataDirectory) {
        return open(dataDirectory, BUSY_TIMEOUT);
    }

    /** As {@link #open(Path)}, waiting so long at most for another process that writes. */
    public static Journal open(Path dataDirectory, Duration busyTimeout) {
        JournalFiles files = new JournalFiles(dataDirectory);
        files.prepare();
        NativeLibrary.settle(dataDirectory);
        Database database = Database.open(files.database(), busyTimeout);
        try {
            Schema.check(database);
            files.requireOwn(files.database(), Facts.knownIdentity(database));
            Schema.migrate(database);
            Journal journal = new Journal(files, database, new JournalJson());
            files.settle(Facts.identity(journal.database));
            journal.replayEmergencies();
            return journal;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Opens the journal of a data directory to look at it, beside a running controller or without
     * one. Changes nothing; every method that would write fails.
     */
    public static Journal view(Path dataDirectory) {
        JournalFiles files = new JournalFiles(dataDirectory);
        files.requireThere();
        NativeLibrary.settle(dataDirectory);
        Database database = Database.openToRead(files.database(), BUSY_TIMEOUT);
        try {
            Schema.requireCurrent(database);
            return new Journal(files, database, new JournalJson());
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Refuses where a controller on another host has this journal open.
     *
     * @throws JournalException BUSY, naming that host
     */
    public void requireHere(Place here, Instant now) {
        Optional<String> elsewhere =
                database.read(session -> LeaseTable.elsewhere(session, here, now));
        if (elsewhere.isPresent()) {
            throw new JournalException(Problem.BUSY, elsewhere.get());
        }
    }

    /** The data directory, absolute. */
    public Path directory() {
        return directory.toAbsolutePath().normalize();
    }

    /** What tells this journal from every other; the same in its copies and backups. */
    public String id() {
        return database.read(session -> session.first(
                        "SELECT value FROM meta WHERE name = 'id'", row -> row.getString(1))
                .orElseThrow());
    }

    @Override
    public JobRecord record(JobKey key) {
        Optional<JobRecord> stored = job(key).map(StoredJob::record);
        stored.ifPresent(acquaintance::with);
        return stored.orElseGet(() -> JobRecord.fresh(key));
    }

    @Override
    public List<JobRecord> records() {
        List<JobRecord> stored = jobs().stream().map(StoredJob::record).toList();
        stored.forEach(acquaintance::with);
        return stored;
    }

    /** The job's present row, to be shown. */
    public Optional<StoredJob> job(JobKey key) {
        return database.read(session -> records.find(session, key));
    }

    @Override
    public List<StoredJob> jobs() {
        return database.read(records::all);
    }

    @Override
    public long intend(FencingToken token, Decision decision, CommitId commit, Instant at) {
        Step step = decision.step()
                .orElseThrow(() -> new IllegalArgumentException("the decision has no step"));
        long intent = database.write(
                session -> writes.intend(session, token, decision, step, commit, at));
        acquaintance.with(decision.next());
        return intent;
    }

    @Override
    public void complete(long intent, JobRecord next, Outcome outcome, Instant at) {
        Optional<JobRecord> present;
        try {
            present =
                    database.write(session -> writes.conclude(session, intent, next, outcome, at));
        } catch (JournalException e) {
            throw keep(intent, next, outcome, at, e);
        }
        emergency.forget(intent);
        acquaintance.with(present.orElseThrow(() -> lost(intent)));
    }

    @Override
    public void store(FencingToken token, List<Decision> decisions, CommitId commit, Instant at) {
        database.write(session -> {
            for (Decision decision : decisions) {
                writes.store(session, token, decision, commit, at);
            }
            return null;
        });
        decisions.forEach(decision -> acquaintance.with(decision.next()));
    }

    /** The newest steps of a job with their outcomes, newest first. */
    public List<HistoryEntry> history(JobKey key, int limit) {
        return database.read(session -> history.entries(session, key, limit));
    }

    /** The newest steps of all jobs with their outcomes, newest first. */
    public List<HistoryEntry> history(int limit) {
        return database.read(session -> history.newest(session, limit));
    }

    /** Every state pointer ever seen of a job, newest state first. */
    public List<LedgerEntry> states(JobKey key) {
        return database.read(session -> ledger.entries(session, key));
    }

    /** Changes what is known of pointers; only for a proof or a purpose, never for a doubt. */
    public void mark(
            JobKey key, List<StatePointer> pointers, Status status, String cause, Instant at) {
        database.write(session -> {
            for (StatePointer pointer : pointers) {
                ledger.mark(session, key, pointer.path(), status, cause, at);
            }
            return null;
        });
    }

    /** The newest events, newest first. */
    public List<Event> events(int limit) {
        return database.read(session -> EventTable.newest(session, limit));
    }

    public void note(Event event) {
        database.write(session -> {
            EventTable.add(session, event);
            return null;
        });
    }

    /** The newest verdicts on commits, newest first. */
    public List<FollowedCommit> commits(int limit) {
        return database.read(session -> commits.newest(session, limit));
    }

    /** The newest verdict on a commit. */
    public Optional<FollowedCommit> commit(CommitId commit) {
        return database.read(session -> commits.newest(session, commit));
    }

    /** The commit that is in force; empty before the first. */
    public Optional<FollowedCommit> accepted() {
        return database.read(commits::accepted);
    }

    /** Stores verdicts on commits, oldest first, in one transaction; a verdict told again is kept once. */
    public void followed(List<FollowedCommit> verdicts) {
        database.write(session -> {
            for (FollowedCommit verdict : verdicts) {
                commits.add(session, verdict);
            }
            return null;
        });
    }

    public void observed(ClusterObservation observation) {
        database.write(session -> {
            observations.put(session, observation);
            return null;
        });
    }

    /** The latest look at each cluster, by the cluster's name. */
    public List<ClusterObservation> observations() {
        return database.read(observations::all);
    }

    /** The loop's small facts. */
    public Facts facts() {
        return new Facts(database);
    }

    /** Keeps the text of a plan; the same id again changes nothing. */
    public void planned(String id, CommitId commit, String text, Instant at) {
        database.write(session -> {
            PlanTable.put(session, id, commit, text, at);
            return null;
        });
    }

    /** The text of the plan stored last among those whose ids begin so. */
    public Optional<String> newestPlan(String prefix) {
        return database.read(session -> PlanTable.newest(session, prefix));
    }

    public Optional<String> plan(String id) {
        return database.read(session -> PlanTable.text(session, id));
    }

    /**
     * Asks for the lease. An owner that has it already gets it again with a new token, so an owner's
     * name must be that of one process. The lease of a process that is proven dead is free at once.
     * Whoever gets it finds in the journal what its predecessor had to leave in emergency files.
     */
    public Leadership acquire(String owner, Duration lifetime, Instant now) {
        return acquire(owner, Place.here(), lifetime, now);
    }

    /** As {@link #acquire(String, Duration, Instant)}, for a process that runs there. */
    Leadership acquire(String owner, Place here, Duration lifetime, Instant now) {
        boolean isLocked = lock.tryHold();
        Leadership leadership = database.write(
                session -> LeaseTable.acquire(session, owner, isLocked, here, lifetime, now));
        if (leadership instanceof Leadership.Leading) {
            replayEmergencies();
        }
        return leadership;
    }

    /** Extends the lease; {@link Leadership.Standby} when somebody else has taken over. */
    public Leadership renew(FencingToken token, Duration lifetime, Instant now) {
        boolean isLocked = lock.tryHold();
        return database.write(session -> LeaseTable.renew(session, token, isLocked, lifetime, now));
    }

    /** Whether the token may still act; asked again right before an effect. */
    public boolean isLeading(FencingToken token, Instant now) {
        return database.read(session -> LeaseTable.isValid(session, token, now));
    }

    /** Gives the lease up, so that a successor need not wait for its end. */
    public void release(FencingToken token, Instant now) {
        database.write(session -> {
            LeaseTable.release(session, token, now);
            return null;
        });
    }

    /** Reads the whole history and checks that nothing in it was changed. */
    public ChainCheck verifyChain() {
        return database.read(Chain::verify);
    }

    /** Whether a hash that was noted as the newest once is still part of the history. */
    public boolean remembers(String hash) {
        return database.read(session -> Chain.contains(session, hash));
    }

    /** Removes what is older than {@code before} and needed by nobody; see {@link Retention}. */
    public long prune(Instant before, Instant now) {
        return new Retention(database, records, before, now).prune();
    }

    /** Writes a consistent copy while work goes on; the file must not exist. */
    public void backup(Path target) {
        try {
            JournalFiles.createPrivate(target);
        } catch (IOException e) {
            throw new JournalException(Problem.OTHER, "cannot write the backup " + target, e);
        }
        database.alone(session -> {
            session.update("VACUUM INTO ?", target.toAbsolutePath());
            return null;
        });
    }

    @Override
    public void close() {
        lock.close();
        database.close();
    }

    /** Lets the file grow to so many pages at most, which stands for a full disk; for tests. */
    void limitPages(long pages) {
        database.write(session ->
                session.first("PRAGMA max_page_count = " + pages, row -> row.getLong(1)));
    }

    private void replayEmergencies() {
        for (Emergency.Note note : emergency.pending()) {
            database.write(session -> {
                JobRecord next = emergency.record(note);
                writes.replay(session, note.intent(), next, emergency.outcome(note), note.at());
                return null;
            });
            emergency.forget(note.intent());
        }
    }

    private JournalException lost(long intent) {
        return database.read(session ->
                LeaseTable.lost(session, history.owner(session, intent).token()));
    }

    private JournalException keep(
            long intent, JobRecord next, Outcome outcome, Instant at, JournalException cause) {
        if (outcome instanceof Outcome.Waiting || outcome instanceof Outcome.Unknown) {
            return cause;
        }
        try {
            Path file = emergency.keep(intent, next, outcome, at);
            acquaintance.alsoWith(next);
            return new JournalException(
                    cause.problem(),
                    cause.getMessage() + "; the outcome is kept in " + file
                            + " and will be stored at the next start or takeover",
                    cause);
        } catch (IOException e) {
            cause.addSuppressed(e);
            return cause;
        }
    }
}
