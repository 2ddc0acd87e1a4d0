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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

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
        SortedMap<JobKey, EffectiveJob> found = new TreeMap<>();
        TreeSet<JobKey> missing = new TreeSet<>(reading.invalid().keySet());
        for (FollowedCommit commit : earlier(reading, journal)) {
            if (missing.isEmpty()) {
                break;
            }
            SortedMap<JobKey, EffectiveJob> jobs = jobs(commit, source, environment);
            for (JobKey key : List.copyOf(missing)) {
                if (jobs.containsKey(key)) {
                    found.put(key, jobs.get(key));
                    missing.remove(key);
                }
            }
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

    private static SortedMap<JobKey, EffectiveJob> jobs(
            FollowedCommit commit, GitSource source, String environment) {
        try {
            return new SpecReader()
                    .read(source.tree(commit.info().commit()), environment, Optional.empty())
                    .jobs();
        } catch (GitException gone) {
            return Collections.emptySortedMap();
        }
    }
}
