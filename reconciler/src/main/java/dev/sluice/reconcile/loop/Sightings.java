// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which listed job is which attempt of which key. By id alone: a name is never an identity.
 */
final class Sightings {
    private final ClusterObservation observation;
    private final Map<JobId, LiveJob> jobs = new HashMap<>();

    Sightings(ClusterObservation observation) {
        this.observation = observation;
        observation.jobs().forEach(job -> jobs.put(job.id(), job));
    }

    /**
     * What this observation says of one job.
     *
     * @param watched ids of the job's attempts, newest first
     */
    Observed of(JobKey key, List<JobId> watched) {
        List<LiveJob> attempts =
                watched.stream().map(jobs::get).filter(Objects::nonNull).toList();
        Instant at = observation.at();
        if (!attempts.isEmpty()) {
            return new Observed.Present(at, attempts);
        }
        if (observation.unreachable().isPresent()) {
            return new Observed.Unknown(at, observation.unreachable().get());
        }
        return new Observed.NotListed(at, sameName(key));
    }

    /** Live jobs that nobody claims, in order of id. */
    List<LiveJob> unmanaged(Predicate<JobId> isClaimed) {
        return observation.jobs().stream()
                .filter(job -> !isClaimed.test(job.id()) && !isOver(job))
                .sorted(Comparator.comparing(LiveJob::id))
                .toList();
    }

    private List<LiveJob> sameName(JobKey key) {
        return unmanaged(id -> false).stream()
                .filter(job -> job.name().equals(key.display()))
                .toList();
    }

    private static boolean isOver(LiveJob job) {
        return job.status().isGloballyTerminal();
    }
}
