// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All jobs of the environment in one round of admission, counted once. */
final class Round {
    private final List<Applicant> jobs;
    private final Map<String, Applicant> byName = new HashMap<>();
    private final Map<String, List<Applicant>> byCluster = new HashMap<>();
    private final Map<CommitId, List<Applicant>> byWave = new HashMap<>();
    private final Map<CommitId, Integer> stoppedBy = new HashMap<>();
    private int up;

    Round(List<Applicant> jobs) {
        this.jobs = jobs;
        for (Applicant job : jobs) {
            up += job.isUp() ? 1 : 0;
            if (job.isUp() && !job.desired().isToRun()) {
                stoppedBy.merge(job.desired().commit(), 1, Integer::sum);
            }
            byName.put(job.key().display(), job);
            job.clusters()
                    .forEach(cluster -> byCluster
                            .computeIfAbsent(cluster, name -> new ArrayList<>())
                            .add(job));
            job.wave()
                    .ifPresent(wave -> byWave.computeIfAbsent(wave, name -> new ArrayList<>())
                            .add(job));
        }
    }

    List<Applicant> jobs() {
        return jobs;
    }

    Optional<Applicant> job(String teamAndName) {
        return Optional.ofNullable(byName.get(teamAndName));
    }

    List<Applicant> ofCluster(String cluster) {
        return byCluster.getOrDefault(cluster, List.of());
    }

    List<Applicant> ofQueue(String queue) {
        return jobs.stream()
                .filter(job -> job.queue().filter(queue::equals).isPresent())
                .toList();
    }

    List<Applicant> ofWave(CommitId wave) {
        return byWave.getOrDefault(wave, List.of());
    }

    /** Jobs that run, or are on their way to run again. */
    int up() {
        return up;
    }

    /** How many of them shall stop for good because that commit says so. */
    int stoppedBy(CommitId commit) {
        return stoppedBy.getOrDefault(commit, 0);
    }

    static String names(List<JobKey> keys) {
        return String.join(", ", keys.stream().map(JobKey::display).toList());
    }
}
