// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.LiveJob;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How wide the jobs of one cluster are. Flink tells it of a job that is looked at closely only, which is
 * one look of many: a plan that is compared with any other look would not see that a job is as wide as
 * nobody wants it.
 */
final class Widths {
    private SortedMap<JobId, Integer> told = new TreeMap<>();

    /** Remembers what this look tells, and forgets the jobs that it does not list. */
    void learn(ClusterObservation observation) {
        SortedMap<JobId, Integer> listed = new TreeMap<>();
        for (LiveJob job : observation.jobs()) {
            int width = width(job);
            if (width > 0) {
                listed.put(job.id(), width);
            }
        }
        told = listed;
    }

    /** The observation with the last known parallelism of each job of which it tells none. */
    ClusterObservation in(ClusterObservation observation) {
        return new ClusterObservation(
                observation.cluster(),
                observation.at(),
                observation.jobs().stream().map(this::wide).toList(),
                observation.unreachable(),
                observation.freeSlots());
    }

    private int width(LiveJob job) {
        return job.parallelism() > 0 ? job.parallelism() : told.getOrDefault(job.id(), 0);
    }

    private LiveJob wide(LiveJob job) {
        return new LiveJob(
                job.id(),
                job.name(),
                job.status(),
                job.startedAt(),
                width(job),
                job.flinkVersion(),
                job.webUrl(),
                job.detail());
    }
}
