// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.git.GitException;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.FollowedCommit;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The last good specs of jobs whose newest one is invalid, found after a restart by walking back
 * through the commits that were in force; where that is too far, what the journal says is deployed.
 * What is not found is not wanted, and nothing is done to it.
 */
final class LastGood {
    private static final int COMMITS = 200;

    private LastGood() {}

    /**
     * What a walk has found.
     *
     * @param specs the newest valid spec of each key
     * @param unsure keys of which no commit had a valid spec, and none was surely without
     */
    record Found(SortedMap<JobKey, EffectiveJob> specs, SortedSet<JobKey> unsure) {
        /** The same, and for a key that nothing is sure of the spec in force, where it is up. */
        SortedMap<JobKey, EffectiveJob> orDeployed(Function<JobKey, Optional<JobRecord>> journal) {
            SortedMap<JobKey, EffectiveJob> all = new TreeMap<>(specs);
            unsure.forEach(key -> journal.apply(key)
                    .flatMap(LastGood::running)
                    .ifPresent(spec -> all.put(key, spec)));
            return all;
        }
    }

    /** The newest valid spec of each job that the reading holds back. */
    static SortedMap<JobKey, EffectiveJob> of(
            CommitReading reading, Journal journal, GitSource source, String environment) {
        // Each is read by what differs from the one after it; a whole read each would take minutes.
        AtomicReference<CommitReading> later = new AtomicReference<>(reading);
        Found found = among(
                reading.invalid().keySet(),
                earlier(reading, journal).stream()
                        .flatMap(commit -> read(commit, source, environment, later.get()).stream())
                        .peek(later::set));
        return found.orDeployed(key -> journal.job(key).map(StoredJob::record));
    }

    /**
     * The spec that the journal says is in force on a job that is up. A job that was suspended or
     * removed is left as it is: that spec would start it.
     */
    private static Optional<EffectiveJob> running(JobRecord record) {
        Phase phase =
                record.phase() instanceof Phase.Staging staging ? staging.before() : record.phase();
        boolean isDown = phase instanceof Phase.Absent || phase instanceof Phase.Suspended;
        return isDown ? Optional.empty() : record.deployed();
    }

    /**
     * The newest valid spec of each key. A key that an earlier commit surely did not have was gone by
     * then: what it was before that is nobody's wish any more.
     *
     * @param earlier newest first; read only as far as needed
     */
    static Found among(Set<JobKey> keys, Stream<CommitReading> earlier) {
        SortedMap<JobKey, EffectiveJob> found = new TreeMap<>();
        TreeSet<JobKey> missing = new TreeSet<>(keys);
        Iterator<CommitReading> readings = earlier.iterator();
        while (!missing.isEmpty() && readings.hasNext()) {
            CommitReading reading = readings.next();
            missing.stream()
                    .filter(reading.jobs()::containsKey)
                    .forEach(key -> found.put(key, reading.jobs().get(key)));
            missing.removeAll(found.keySet());
            missing.removeIf(
                    key -> reading.absenceIsCertain() && !reading.invalid().containsKey(key));
        }
        return new Found(found, missing);
    }

    private static List<FollowedCommit> earlier(CommitReading reading, Journal journal) {
        if (reading.invalid().isEmpty()) {
            return List.of();
        }
        return journal.commits(COMMITS).stream()
                .filter(commit -> commit.verdict() == FollowedCommit.Verdict.ACCEPTED)
                .filter(commit -> !commit.info().commit().equals(reading.commit()))
                .toList();
    }

    private static Optional<CommitReading> read(
            FollowedCommit commit, GitSource source, String environment, CommitReading later) {
        try {
            return Optional.of(new SpecReader()
                    .read(source.tree(commit.info().commit()), environment, Optional.of(later)));
        } catch (GitException gone) {
            return Optional.empty();
        }
    }
}
