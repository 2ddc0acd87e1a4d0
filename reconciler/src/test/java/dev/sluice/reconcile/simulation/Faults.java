// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.reconcile.simulation.Event.Kind;
import dev.sluice.spec.JobKey;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What will go wrong with the next request about a job, and for how long a place is spoilt. */
final class Faults {
    private final Map<JobKey, Map<Kind, Integer>> armed = new HashMap<>();
    private final Map<JobKey, Map<Kind, Instant>> spoilt = new HashMap<>();

    void arm(JobKey key, Kind kind, int amount) {
        armed.computeIfAbsent(key, unused -> new EnumMap<>(Kind.class)).put(kind, amount);
    }

    /** The amount of the fault, which has then had its turn. */
    Optional<Integer> take(JobKey key, Kind kind) {
        return Optional.ofNullable(armed.getOrDefault(key, Map.of()))
                .filter(kinds -> kinds.containsKey(kind))
                .map(kinds -> kinds.remove(kind));
    }

    void spoil(JobKey key, Kind kind, Instant until) {
        spoilt.computeIfAbsent(key, unused -> new EnumMap<>(Kind.class)).put(kind, until);
    }

    boolean isSpoilt(JobKey key, Kind kind, Instant now) {
        return now.isBefore(spoilt.getOrDefault(key, Map.of()).getOrDefault(kind, Instant.MIN));
    }

    /** Nothing goes wrong from now on. */
    void clear() {
        armed.clear();
        spoilt.clear();
    }
}
