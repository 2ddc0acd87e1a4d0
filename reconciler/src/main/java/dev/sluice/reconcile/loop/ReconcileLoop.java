// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

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
 * The loop: fetch, read, observe, decide, admit, intend, act, record.
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
    private final Reign reign;
    private final GitWatch git;
    private final ClusterWatch clusters;
    private final Fleet fleet;
    private final Adoption adoption;
    private final JobRound jobs;

    ReconcileLoop(
            Clock clock,
            Inbox inbox,
            Reign reign,
            GitWatch git,
            ClusterWatch clusters,
            Fleet fleet,
            Adoption adoption,
            JobRound jobs) {
        this.clock = requireNonNull(clock, "clock is null");
        this.inbox = requireNonNull(inbox, "inbox is null");
        this.reign = requireNonNull(reign, "reign is null");
        this.git = requireNonNull(git, "git is null");
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.fleet = requireNonNull(fleet, "fleet is null");
        this.adoption = requireNonNull(adoption, "adoption is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
    }

    /** Runs until the thread is interrupted. Steps under way are left to the next start. */
    @Override
    public void run() {
        try {
            fleet.load(clock.instant());
            git.resume().ifPresent(this::take);
            fleet.wantLastGood(git.lastGood(), clock.instant());
            while (!Thread.currentThread().isInterrupted()) {
                turnSafely();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("the loop has ended; nothing is looked after until the next start", e);
            throw e;
        }
    }

    /** A mistake of ours in one turn must not end the care for all jobs. */
    private void turnSafely() throws InterruptedException {
        try {
            turn();
        } catch (RuntimeException e) {
            LOG.error("turn failed", e);
        }
    }

    /** Fetch, read, observe and record come first, so that decisions are taken on what is newest. */
    private void turn() throws InterruptedException {
        List<News> arrived = inbox.take(pause());
        Optional<FencingToken> token = reign.token(clock.instant());
        git.reign(token).ifPresent(this::take);
        adoption.reign(token, clock.instant());
        git.fetchIfDue(clock.instant());
        arrived.forEach(this::hear);
        clusters.observeIfDue(clock.instant(), fleet);
        if (token.isEmpty() || git.isBehind()) {
            return;
        }
        adoption.tick(clock.instant());
        jobs.play(fleet.due(clock.instant()), token.get(), clock.instant());
    }

    /** One piece of news that cannot be taken over must not swallow those that came with it. */
    private void hear(News news) {
        try {
            news.tell(this);
        } catch (RuntimeException e) {
            LOG.error("news not taken over kind={}", news.getClass().getSimpleName(), e);
        }
    }

    /** Until something is due, but never long: the lease wants to be renewed. */
    private Duration pause() {
        Instant now = clock.instant();
        Instant next = Stream.of(
                        fleet.wakeAt(), clusters.next(fleet), git.next(), now.plus(LONGEST_PAUSE))
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
        adoption.take(reading, clock.instant());
        if (fleet.lacksWish(reading)) {
            fleet.wantLastGood(git.lastGood(), clock.instant());
        }
    }

    @Override
    public void observed(News.ClusterSeen news) {
        clusters.arrived(news.observation(), fleet);
        fleet.see(news.observation());
    }

    @Override
    public void stepEnded(News.StepEnded news) {
        jobs.record(fleet.desk(news.job()), news.step(), news.outcome(), clock.instant());
    }
}
