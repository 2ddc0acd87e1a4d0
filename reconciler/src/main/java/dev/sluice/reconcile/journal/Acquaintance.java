// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.journal.JournalException.Problem;
import dev.sluice.spec.JobKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The records that this process knows, because it read or wrote them last. A decision is made from a
 * record; when the journal holds another one by now, written by a controller that led meanwhile, the
 * decision is about a past that is over and must not be acted on, however valid the lease is.
 */
final class Acquaintance {
    private final Map<JobKey, List<JobRecord>> known = new ConcurrentHashMap<>();

    void with(JobRecord record) {
        known.put(record.key(), List.of(record));
    }

    /** A record that waits in an emergency file may be stored by whoever opens the journal next. */
    void alsoWith(JobRecord record) {
        known.merge(
                record.key(), List.of(record), (before, also) -> List.of(before.get(0), record));
    }

    /** Refuses when the journal's record is not the one known here. */
    void check(JobKey key, Optional<JobRecord> stored) {
        boolean isKnown =
                stored.map(known.getOrDefault(key, List.of())::contains).orElse(true);
        if (!isKnown) {
            throw new JournalException(
                    Problem.STALE,
                    "another controller has changed the record of " + key.display()
                            + " since it was read here: read it again and decide anew");
        }
    }
}
