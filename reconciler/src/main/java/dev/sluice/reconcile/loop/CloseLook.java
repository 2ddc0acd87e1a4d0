// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a job's checkpoints and vertices were last asked for, which costs requests of its own. */
final class CloseLook {
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private Instant askedAt = Instant.MIN;
    private Optional<Instant> seenAt = Optional.empty();

    /** A stable job is looked at closely no sooner than after a while. */
    boolean isWelcome(Instant now) {
        return !now.isBefore(askedAt.plus(PERIOD));
    }

    /** Whoever waits longest comes first. */
    Instant askedAt() {
        return askedAt;
    }

    /** Asked, whatever comes of it: a job of which Flink tells nothing takes no other's turn. */
    void asked(Instant now) {
        askedAt = now;
    }

    /** The job was seen from afar: where something happened to it, it comes before all others. */
    void seen(Observed before, Observed now) {
        if (isClose(now)) {
            seenAt = Optional.of(now.at());
        }
        if (isAnotherLife(before, now) && !isClose(now)) {
            askedAt = Instant.MIN;
        }
    }

    /** When its checkpoints and vertices were last told. */
    Optional<Instant> seenAt() {
        return seenAt;
    }

    private static boolean isAnotherLife(Observed before, Observed now) {
        if (!(before instanceof Observed.Present old) || !(now instanceof Observed.Present next)) {
            return !before.getClass().equals(now.getClass());
        }
        LiveJob then = old.attempts().get(0);
        LiveJob job = next.attempts().get(0);
        return !job.id().equals(then.id())
                || job.status() != then.status()
                || !job.startedAt().equals(then.startedAt());
    }

    private static boolean isClose(Observed observed) {
        return observed instanceof Observed.Present present
                && present.attempts().get(0).detail().isPresent();
    }
}
