// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.reconcile.git.GitException;
import dev.sluice.reconcile.git.GitSource;
import dev.sluice.reconcile.journal.FollowedCommit;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The last good specs of jobs whose newest one is invalid, found after a restart by walking back
 * through the commits that were in force. What is not found is not wanted, and nothing is done to it.
 */
final class LastGood {
    private static final int COMMITS = 200;

    private LastGood() {}

    /** The newest valid spec of each job that the reading holds back. */
    static SortedMap<JobKey, EffectiveJob> of(
            CommitReading reading, Journal journal, GitSource source, String environment) {
        return among(
                reading.invalid().keySet(),
                earlier(reading, journal).stream()
                        .flatMap(commit -> read(commit, source, environment).stream()));
    }

    /**
     * The newest valid spec of each key. A key that an earlier commit surely did not have was gone by
     * then: what it was before that is nobody's wish any more.
     *
     * @param earlier newest first; read only as far as needed
     */
    static SortedMap<JobKey, EffectiveJob> among(Set<JobKey> keys, Stream<CommitReading> earlier) {
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
        return found;
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
            FollowedCommit commit, GitSource source, String environment) {
        try {
            return Optional.of(new SpecReader()
                    .read(source.tree(commit.info().commit()), environment, Optional.empty()));
        } catch (GitException gone) {
            return Optional.empty();
        }
    }
}
