// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import java.util.List;
import java.util.Optional;

/**
 * What an observation says of the newest attempt.
 *
 * @param job the newest attempt as listed, for LIVE and ENDED
 * @param live every listed attempt that has not ended, newest first
 */
record Sight(Kind kind, Optional<LiveJob> job, List<LiveJob> live) {
    enum Kind {
        /** The cluster was not or could not be asked. */
        UNKNOWN,
        /** The cluster answered and does not list it; that proves nothing. */
        UNLISTED,
        /** It is proven that no attempt runs. */
        ABSENT,
        /** Listed, not ended. */
        LIVE,
        /** Listed, ended for good. */
        ENDED
    }

    static Sight of(Observed observed, Optional<JobId> current) {
        if (observed instanceof Observed.Present present) {
            return listed(present.attempts(), current);
        }
        if (observed instanceof Observed.ProvenAbsent) {
            return new Sight(Kind.ABSENT, Optional.empty(), List.of());
        }
        if (observed instanceof Observed.NotListed) {
            return new Sight(Kind.UNLISTED, Optional.empty(), List.of());
        }
        return new Sight(Kind.UNKNOWN, Optional.empty(), List.of());
    }

    private static Sight listed(List<LiveJob> attempts, Optional<JobId> current) {
        List<LiveJob> live = attempts.stream()
                .filter(job -> !job.status().isGloballyTerminal())
                .toList();
        Optional<LiveJob> found = attempts.stream()
                .filter(job -> current.filter(job.id()::equals).isPresent())
                .findFirst();
        if (found.isEmpty()) {
            return new Sight(Kind.UNLISTED, Optional.empty(), live);
        }
        boolean ended = found.get().status().isGloballyTerminal();
        return new Sight(ended ? Kind.ENDED : Kind.LIVE, found, live);
    }

    boolean hasDuplicates() {
        return live.size() > 1;
    }

    /** The ids of the live attempts, for people. */
    String liveIds() {
        return String.join(", ", live.stream().map(job -> job.id().hex()).toList());
    }
}
