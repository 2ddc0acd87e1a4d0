// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.LedgerEntry;
import dev.sluice.reconcile.journal.LedgerEntry.Status;
import dev.sluice.reconcile.journal.LiveLineage;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks storage which recorded state is gone, and writes that down in the ledger.
 *
 * <p>Absence alone proves nothing: a mount may be missing, and this machine may not be the one that
 * sees the cluster's disk. A pointer is gone only when it is not there although newer state of the same
 * job is, complete, in the same state directory at the same time. So the newest state of a job is
 * never taken for gone, nor what the next restore would use.
 */
public final class StateCensus {
    private static final Logger LOG = LoggerFactory.getLogger(StateCensus.class);
    private static final String CAUSE = "not on storage, where newer state is";

    private final Journal journal;

    public StateCensus(Journal journal) {
        this.journal = requireNonNull(journal, "journal is null");
    }

    /** Looks after the state of every job, and answers how many pointers are newly proven gone. */
    public int take(Instant now) {
        int gone = 0;
        for (StoredJob job : journal.jobs()) {
            gone += take(job.record().key(), now);
        }
        return gone;
    }

    private int take(JobKey key, Instant now) {
        try {
            List<LedgerEntry> entries = journal.states(key);
            // Read after the entries: what became live meanwhile is live here.
            Optional<JobRecord> record = journal.job(key).map(StoredJob::record);
            List<StatePointer> gone = gone(entries, LiveLineage.of(record));
            journal.mark(key, gone, Status.GONE, CAUSE, now);
            return gone.size();
        } catch (IOException e) {
            LOG.warn("state not counted job={} cause={}", key.display(), e.toString());
            return 0;
        }
    }

    /** Entries are in order, newest first, so whatever stands before an entry can bear witness. */
    private static List<StatePointer> gone(List<LedgerEntry> entries, LiveLineage lineage)
            throws IOException {
        StateFolders folders = new StateFolders();
        Set<String> seen = new HashSet<>();
        List<StatePointer> gone = new ArrayList<>();
        for (LedgerEntry entry : entries) {
            Optional<StateFolders.Spot> spot = StateFolders.spot(entry.pointer().path());
            if (entry.status() == Status.GONE || spot.isEmpty()) {
                continue;
            }
            if (folders.isComplete(spot.get())) {
                seen.add(spot.get().root());
            } else if (seen.contains(spot.get().root())
                    && !lineage.isLive(entry.pointer())
                    && folders.isAbsent(spot.get())) {
                gone.add(entry.pointer());
            }
        }
        return List.copyOf(gone);
    }
}
