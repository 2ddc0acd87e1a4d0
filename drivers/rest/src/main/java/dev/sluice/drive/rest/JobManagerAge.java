// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long one and the same JobManager has been seen at an address that somebody else looks after. Its
 * TaskManagers may still work for the one before it until their heartbeat has timed out; its own start is
 * not told over REST, so the time counts from when it was first seen.
 */
public final class JobManagerAge implements ClusterProcesses {
    /** For the way of the last heartbeat and the end of the tasks after the time-out. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final FlinkRest rest;
    private final Clock clock;
    private String process = "";
    private Instant since = Instant.MAX;

    public JobManagerAge(FlinkRest rest, Clock clock) {
        this.rest = requireNonNull(rest, "rest is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Looks which process answers; the earlier it is seen, the earlier its age is proof. */
    public synchronized JobManagerProcess look() throws RestFailure {
        JobManagerProcess seen = rest.jobManager();
        if (!seen.id().equals(process)) {
            process = seen.id();
            since = clock.instant();
        }
        return seen;
    }

    @Override
    public synchronized Optional<String> orphansExcluded() {
        try {
            Duration needed = look().heartbeatTimeout().plus(MARGIN);
            Instant now = clock.instant();
            return Duration.between(since, now).compareTo(needed) < 0
                    ? Optional.empty()
                    : Optional.of("one JobManager answers since " + since + ", longer than "
                            + needed.toSeconds()
                            + " s, after which no TaskManager works for an earlier one");
        } catch (RestFailure unsure) {
            return Optional.empty();
        }
    }
}
