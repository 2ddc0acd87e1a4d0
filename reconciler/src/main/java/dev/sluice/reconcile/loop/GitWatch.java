// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.git.Fetched;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.FollowedCommit;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.schedule.MaintenanceTimes;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the repository now and then, reads what is new, and keeps the last good commit in force
 * whatever happens to the newest one. Asking and reading happen on a worker thread.
 */
final class GitWatch {
    private static final Logger LOG = LoggerFactory.getLogger(GitWatch.class);
    private static final String POOL = "git";
    private static final Duration BETWEEN_HINTS = Duration.ofSeconds(1);
    private static final String HELD_BACK =
            "the environment of this commit cannot be read; the last good commit stays in force";

    private final GitSource source;
    private final String environment;
    private final PollTimes times;
    private final Journal journal;
    private final Workers workers;
    private final Inbox inbox;
    private final Board board;
    private boolean asking;
    private volatile boolean hinted;
    private Instant asked = Instant.EPOCH;
    private Instant next = Instant.MIN;
    private Optional<CommitReading> inForce = Optional.empty();
    private Optional<String> heldBack = Optional.empty();
    private List<FollowedCommit> unwritten = List.of();
    private Optional<FencingToken> leading = Optional.empty();
    private boolean behind;

    GitWatch(
            GitSource source,
            String environment,
            PollTimes times,
            Journal journal,
            Workers workers,
            Inbox inbox,
            Board board) {
        this.source = requireNonNull(source, "source is null");
        this.environment = requireNonNull(environment, "environment is null");
        this.times = requireNonNull(times, "times is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.workers = requireNonNull(workers, "workers is null");
        this.inbox = requireNonNull(inbox, "inbox is null");
        this.board = requireNonNull(board, "board is null");
    }

    /** Brings the commit into force that was so when the last run ended. */
    Optional<CommitReading> resume() {
        inForce = LastCommit.read(journal, source, environment, board)
                .filter(reading -> stranger(reading).isEmpty());
        return inForce;
    }

    /**
     * Hears who leads. The journal is told by the leader alone: what a standby has read may be older
     * than what the leader brought into force. So a new leader goes on from what the journal says,
     * and asks the repository at once.
     *
     * @return the commit that comes into force, where it is another than the one read last
     */
    Optional<CommitReading> reign(Optional<FencingToken> token) {
        Optional<CommitReading> reading = Optional.empty();
        if (token.isPresent() && !token.equals(leading)) {
            reading = takeOver();
        }
        leading = token;
        return reading;
    }

    private Optional<CommitReading> takeOver() {
        Optional<CommitId> accepted =
                journal.accepted().map(commit -> commit.info().commit());
        Optional<CommitId> known = inForce.map(CommitReading::commit);
        if (accepted.isEmpty()) {
            journal.followed(unwritten);
        }
        if (accepted.isEmpty() || accepted.equals(known)) {
            return Optional.empty();
        }
        hint();
        Optional<CommitReading> reading = resume();
        behind = known.isPresent() && reading.isEmpty();
        return reading;
    }

    /** The commit in force cannot be read yet, and what is wanted of the jobs is that of another. */
    boolean isBehind() {
        return behind;
    }

    /** Last good specs of the jobs that the commit in force holds back. */
    SortedMap<JobKey, EffectiveJob> lastGood() {
        return inForce.map(reading -> LastGood.of(reading, journal, source, environment))
                .orElseGet(TreeMap::new);
    }

    /** The newest answer could not be taken over: the source tells it once more. */
    void again() {
        inForce.ifPresentOrElse(reading -> source.resumeFrom(reading.commit()), source::tellAgain);
    }

    /** Asks the repository when its time has come and no answer is awaited. */
    void fetchIfDue(Instant now) {
        if (!asking && !now.isBefore(next())) {
            asking = true;
            hinted = false;
            asked = now;
            next = now.plus(times.pause());
            Optional<CommitReading> previous = inForce;
            workers.run(POOL, () -> inbox.put(look(previous)));
        }
    }

    /**
     * Somebody says that the branch has moved: the repository is asked soon, and not more often than
     * once in a while however many say so. One who says so while an answer is awaited is heard too.
     */
    void hint() {
        hinted = true;
    }

    Instant next() {
        if (asking) {
            return Instant.MAX;
        }
        Instant early = asked.plus(BETWEEN_HINTS);
        return hinted && early.isBefore(next) ? early : next;
    }

    private News.GitSaid look(Optional<CommitReading> previous) {
        long began = System.nanoTime();
        Fetched fetched = fetch();
        board.counts()
                .fetched(
                        fetched.getClass().getSimpleName(),
                        Duration.ofNanos(System.nanoTime() - began));
        return fetched instanceof Fetched.Advanced advanced
                ? read(advanced, previous)
                : new News.GitSaid(fetched, Optional.empty());
    }

    /** Whatever happens an answer must come, or the repository would never be asked again. */
    private Fetched fetch() {
        try {
            return source.fetch();
        } catch (RuntimeException | Error e) {
            LOG.error("repository not asked", e);
            return new Fetched.Refused(
                    Fetched.Refusal.DAMAGED,
                    Optional.empty(),
                    "what the repository answered cannot be understood: " + e
                            + "; the last good commit stays in force: the log says where");
        }
    }

    /** A commit that cannot be read is told, and fetched and read again at the next look. */
    private News.GitSaid read(Fetched.Advanced advanced, Optional<CommitReading> previous) {
        CommitId commit = advanced.head().commit();
        try {
            CommitReading reading = new SpecReader().read(advanced.tree(), environment, previous);
            return new News.GitSaid(advanced, Optional.of(reading));
        } catch (RuntimeException | Error e) {
            // A broken copy is a GitException; anything else is our bug. Either way an answer must
            // come, or the repository would never be asked again.
            LOG.error("commit not read commit={}", commit, e);
            source.tellAgain();
            return new News.GitSaid(
                    new Fetched.Refused(
                            Fetched.Refusal.DAMAGED,
                            Optional.of(commit),
                            "commit " + commit.brief() + " cannot be read: " + e.getMessage()
                                    + "; the last good commit stays in force"),
                    Optional.empty());
        }
    }

    /**
     * Takes an answer of git: tells the board and the journal, and says which reading comes into
     * force, if any. A commit whose environment cannot be read is held back as a whole.
     */
    Optional<CommitReading> arrived(News.GitSaid news, Instant now) {
        asking = false;
        if (!(news.fetched() instanceof Fetched.Unreachable)) {
            times.answered();
        }
        if (news.fetched() instanceof Fetched.Advanced advanced) {
            return advanced(advanced, news.reading().orElseThrow(), now);
        }
        Board.GitNotice before = board.git();
        if (news.fetched() instanceof Fetched.Unreachable unreachable) {
            times.failed();
            next = asked.plus(times.pause());
            board.post(new Board.GitNotice(
                    before.commit(),
                    before.subject(),
                    before.answeredAt(),
                    Optional.of("not reachable since " + unreachable.since() + ": "
                            + unreachable.cause()),
                    before.findings()));
            return Optional.empty();
        }
        Optional<String> trouble = news.fetched() instanceof Fetched.Refused refused
                ? Optional.of(refused.text())
                : heldBack;
        board.post(new Board.GitNotice(
                before.commit(), before.subject(), Optional.of(now), trouble, before.findings()));
        return Optional.empty();
    }

    private Optional<CommitReading> advanced(
            Fetched.Advanced advanced, CommitReading reading, Instant now) {
        heldBack = reading.environment().isPresent() ? stranger(reading) : Optional.of(HELD_BACK);
        boolean accepted = heldBack.isEmpty();
        unwritten = verdicts(advanced, reading, heldBack, now);
        if (leading.isPresent()) {
            journal.followed(unwritten);
        }
        Board.GitNotice before = board.git();
        board.post(new Board.GitNotice(
                accepted ? Optional.of(reading.commit()) : before.commit(),
                accepted ? advanced.head().subject() : before.subject(),
                Optional.of(now),
                heldBack,
                reading.findings()));
        if (accepted) {
            inForce = Optional.of(reading);
            behind = false;
            Chronicle.followed(
                    reading.commit(), reading.jobs().size(), reading.invalid().size());
        }
        return accepted ? inForce : Optional.empty();
    }

    private Optional<String> stranger(CommitReading reading) {
        return Belonging.stranger(reading, environment, journal)
                .or(() -> reading.environment().flatMap(MaintenanceTimes::mistake));
    }

    private static List<FollowedCommit> verdicts(
            Fetched.Advanced advanced,
            CommitReading reading,
            Optional<String> heldBack,
            Instant now) {
        List<FollowedCommit> verdicts = new ArrayList<>();
        advanced.between()
                .forEach(info -> verdicts.add(new FollowedCommit(
                        info,
                        FollowedCommit.Verdict.PASSED,
                        "a newer commit was there",
                        List.of(),
                        now)));
        verdicts.add(new FollowedCommit(
                advanced.head(),
                heldBack.isEmpty()
                        ? FollowedCommit.Verdict.ACCEPTED
                        : FollowedCommit.Verdict.REFUSED,
                heldBack.orElse(""),
                reading.findings(),
                now));
        return verdicts;
    }
}
