// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.reconcile.journal.Leadership;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the right to act: acquires the lease, renews it in time, and says right before an effect
 * whether it still holds. The journal compares the token again in every write.
 */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final Journal journal;
    private final String owner;
    private final Duration lifetime;
    private final Clock clock;
    private volatile Optional<Leadership> latest = Optional.empty();

    LeaseKeeper(Journal journal, String owner, Duration lifetime, Clock clock) {
        this.journal = requireNonNull(journal, "journal is null");
        this.owner = requireNonNull(owner, "owner is null");
        this.lifetime = requireNonNull(lifetime, "lifetime is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The token to act with, renewed when a third of its life is over; empty while standing by. */
    Optional<FencingToken> token() {
        Instant now = clock.instant();
        Optional<FencingToken> held = held();
        if (held.isEmpty()) {
            latest = Optional.of(journal.acquire(owner, lifetime, now));
        } else if (!now.isBefore(
                latest.orElseThrow().until().minus(lifetime.multipliedBy(2).dividedBy(3)))) {
            latest = Optional.of(journal.renew(held.get(), lifetime, now));
        }
        return held();
    }

    /**
     * Gives the right to act up at once, so that a successor need not wait. Where that cannot be
     * written down the lease ends by itself; whoever is closing goes on closing.
     */
    void release() {
        try {
            held().ifPresent(token -> journal.release(token, clock.instant()));
        } catch (JournalException e) {
            LOG.warn("lease not given up cause={}", e.getMessage());
        }
        latest = Optional.empty();
    }

    /**
     * True while that very token may act: by this process's clock, and as the journal says, where a
     * successor whose clock is ahead has put its own. False where the journal cannot be read.
     */
    boolean holds(FencingToken token) {
        try {
            return held().filter(token::equals).isPresent()
                    && journal.isLeading(token, clock.instant());
        } catch (JournalException e) {
            LOG.warn("lease not read cause={}", e.getMessage());
            return false;
        }
    }

    /** Who leads, as far as this process knows. */
    Optional<Leadership> latest() {
        return latest;
    }

    private Optional<FencingToken> held() {
        Instant now = clock.instant();
        return latest.filter(Leadership.Leading.class::isInstance)
                .map(Leadership.Leading.class::cast)
                .filter(leading -> now.isBefore(leading.until()))
                .map(Leadership.Leading::token);
    }
}
