// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Decision;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Planner;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.spec.read.CommitReading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop: fetch, read, observe, decide, intend, act, record.
 *
 * <p>One thread runs it and owns all desks. Fetching, observing and acting happen on worker threads
 * and come back as {@link News}; so a savepoint of an hour or a cluster that hangs costs this thread
 * nothing. It is level-triggered: a crash, a restart, a lost answer and an ordinary tick run the same
 * code, because each decision is taken afresh from what is wanted, remembered and seen.
 *
 * <p>Nothing is done to a cluster before the journal has the intent, and only while the lease holds.
 */
public final class ReconcileLoop implements Runnable, News.Reader {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);

    private final Clock clock;
    private final Inbox inbox;
    private final LeaseKeeper lease;
    private final GitWatch git;
    private final ClusterWatch clusters;
    private final Fleet fleet;
    private final Planner planner;
    private final Workers workers;
    private final Board board;
    private Optional<FencingToken> lastToken = Optional.empty();

    ReconcileLoop(
            Clock clock,
            Inbox inbox,
            LeaseKeeper lease,
            GitWatch git,
            ClusterWatch clusters,
            Fleet fleet,
            Planner planner,
            Workers workers,
            Board board) {
        this.clock = requireNonNull(clock, "clock is null");
        this.inbox = requireNonNull(inbox, "inbox is null");
        this.lease = requireNonNull(lease, "lease is null");
        this.git = requireNonNull(git, "git is null");
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.fleet = requireNonNull(fleet, "fleet is null");
        this.planner = requireNonNull(planner, "planner is null");
        this.workers = requireNonNull(workers, "workers is null");
        this.board = requireNonNull(board, "board is null");
    }

    /** Runs until the thread is interrupted. Steps under way are left to the next start. */
    @Override
    public void run() {
        try {
            fleet.load(clock.instant());
            git.resume().ifPresent(this::take);
            fleet.wantLastGood(git.lastGood(), clock.instant());
            while (!Thread.currentThread().isInterrupted()) {
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        List<News> arrived = inbox.take(pause());
        Optional<FencingToken> token = token();
        git.fetchIfDue(clock.instant());
        arrived.forEach(news -> news.tell(this));
        clusters.observeIfDue(clock.instant(), fleet);
        if (token.isEmpty()) {
            return;
        }
        for (Desk desk : fleet.due(clock.instant())) {
            reconcileSafely(desk, token.get(), clock.instant());
            fleet.publish(desk);
        }
    }

    /** The right to act; a new one makes everything remembered before it old. */
    private Optional<FencingToken> token() {
        try {
            Optional<FencingToken> token = lease.token();
            board.post(lease.latest());
            if (token.isPresent() && !token.equals(lastToken)) {
                fleet.load(clock.instant());
                lastToken = token;
            }
            return token;
        } catch (JournalException e) {
            LOG.error("lease neither acquired nor renewed cause={}", e.getMessage());
            return Optional.empty();
        }
    }

    /** What cannot be remembered is not done: the job pauses and the others go on. */
    private void reconcileSafely(Desk desk, FencingToken token, Instant now) {
        long began = System.nanoTime();
        try {
            reconcile(desk, token, now);
            board.counts()
                    .decided(
                            desk.reason().name(), Duration.ofNanos(System.nanoTime() - began), now);
        } catch (JournalException e) {
            LOG.error("not done job={} cause={}", desk.key().display(), e.getMessage());
            desk.setBack(now);
            if (e.problem() == JournalException.Problem.STALE) {
                fleet.refresh(desk);
            }
        }
    }

    /** Until something is due, but never long: the lease wants to be renewed. */
    private Duration pause() {
        Instant now = clock.instant();
        Instant next = Stream.of(
                        fleet.wakeAt(), clusters.next(), git.next(), now.plus(LONGEST_PAUSE))
                .min(Instant::compareTo)
                .orElseThrow();
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    @Override
    public void gitSaid(News.GitSaid news) {
        try {
            git.arrived(news, clock.instant()).ifPresent(this::take);
        } catch (JournalException e) {
            // The verdict is not stored, so the commit is not in force; it is told again.
            LOG.error("commit not taken over cause={}", e.getMessage());
            git.again();
        }
    }

    private void take(CommitReading reading) {
        reading.environment().ifPresent(clusters::adopt);
        fleet.want(reading, clock.instant());
    }

    @Override
    public void observed(News.ClusterSeen news) {
        clusters.arrived(news.observation(), fleet);
        fleet.see(news.observation());
    }

    private void reconcile(Desk desk, FencingToken token, Instant now) {
        Decision decision =
                planner.decide(desk.wanted().orElseThrow(), desk.record(), desk.observed(), now);
        if (decision.step().isEmpty()) {
            fleet.remember(desk, decision, token, now);
            desk.decided(decision);
            return;
        }
        Desk.OpenStep open = fleet.intend(desk, decision, token, now);
        desk.decided(decision);
        desk.begin(open);
        clusters.hurry(open.step().cluster(), now);
        workers.perform(desk.key(), open, token);
    }

    @Override
    public void stepEnded(News.StepEnded news) {
        Desk desk = fleet.desk(news.job());
        Instant now = clock.instant();
        JobRecord next = planner.absorb(desk.record(), news.step(), news.outcome(), now);
        board.counts().ended(news.step(), news.outcome(), desk.stepTook(now));
        try {
            fleet.record(desk, next, news.outcome(), now);
        } catch (JournalException e) {
            LOG.error(
                    "outcome not in the journal job={} cause={}",
                    desk.key().display(),
                    e.getMessage());
        }
        desk.ended(news.outcome(), now);
        fleet.publish(desk);
    }
}
