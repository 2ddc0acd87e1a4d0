// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.FactMemory;
import dev.sluice.spec.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is durable: records, intents, outcomes, the lease. Each method is one transaction, with the
 * rules of the journal's own writes: the newest token and its time, the record that was known, the
 * newest intent.
 */
final class ModelJournal {
    /** How long a lease lives unless it is renewed. */
    static final Duration LEASE = Duration.ofSeconds(15);

    /** A write was refused. */
    enum Refused {
        NO,
        LEASE_LOST,
        STALE
    }

    /** An effect that was about to be made. */
    record Intent(JobKey key, Step step, long token) {}

    /** The right to act. */
    record Lease(String owner, long token, Instant until) {}

    private final TreeMap<JobKey, JobRecord> records = new TreeMap<>();
    private final List<Intent> intents = new ArrayList<>();
    private final Map<JobKey, Integer> newest = new HashMap<>();
    private final FactMemory facts = new ModelFacts();
    private Lease lease = new Lease("nobody", 0, Instant.MIN);

    FactMemory facts() {
        return facts;
    }

    /** The lease, if the owner has it now. */
    Optional<Lease> acquire(String owner, Instant now) {
        if (!lease.owner().equals(owner) && now.isBefore(lease.until())) {
            return Optional.empty();
        }
        lease = new Lease(owner, lease.token() + 1, now.plus(LEASE));
        return Optional.of(lease);
    }

    Optional<Lease> renew(Lease held, Instant now) {
        if (lease.token() != held.token()) {
            return Optional.empty();
        }
        lease = new Lease(held.owner(), held.token(), now.plus(LEASE));
        return Optional.of(lease);
    }

    Collection<JobRecord> records() {
        return List.copyOf(records.values());
    }

    Optional<JobRecord> record(JobKey key) {
        return Optional.ofNullable(records.get(key));
    }

    /** Stores a record that is decided on; {@code known} is the one it was decided from. */
    Refused store(long token, Optional<JobRecord> known, JobRecord next, Instant now) {
        if (lease.token() != token || !now.isBefore(lease.until())) {
            return Refused.LEASE_LOST;
        }
        if (records.containsKey(next.key()) && !known.equals(record(next.key()))) {
            return Refused.STALE;
        }
        records.put(next.key(), next);
        return Refused.NO;
    }

    /** Adds the intent of the step that belongs to a record just stored. */
    int intend(long token, JobKey key, Step step) {
        intents.add(new Intent(key, step, token));
        newest.put(key, intents.size() - 1);
        return intents.size() - 1;
    }

    /** Stores what came of a step; the record counts only while nobody has gone on. */
    boolean complete(int intent, JobRecord next) {
        if (lease.token() != intents.get(intent).token()) {
            return false;
        }
        if (newest.get(next.key()) == intent) {
            records.put(next.key(), next);
        }
        return true;
    }

    boolean hasIntended(Predicate<Intent> like) {
        for (int at = intents.size() - 1; at >= 0; at--) {
            if (like.test(intents.get(at))) {
                return true;
            }
        }
        return false;
    }
}
