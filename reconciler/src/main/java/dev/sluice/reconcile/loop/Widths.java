// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.LiveJob;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How wide the jobs of one cluster are. Flink tells it of a job that is looked at closely only, which is
 * one look of many: a plan that is compared with any other look would not see that a job is as wide as
 * nobody wants it.
 */
final class Widths {
    private SortedMap<JobId, Integer> told = new TreeMap<>(Comparator.comparing(JobId::hex));

    /** The observation with the last known parallelism of each job whose own look does not tell it. */
    ClusterObservation in(ClusterObservation observation) {
        SortedMap<JobId, Integer> listed = new TreeMap<>(told.comparator());
        List<LiveJob> jobs =
                observation.jobs().stream().map(job -> wide(job, listed)).toList();
        told = listed;
        return new ClusterObservation(
                observation.cluster(),
                observation.at(),
                jobs,
                observation.unreachable(),
                observation.freeSlots());
    }

    private LiveJob wide(LiveJob job, SortedMap<JobId, Integer> listed) {
        int width = job.parallelism() > 0 ? job.parallelism() : told.getOrDefault(job.id(), 0);
        if (width > 0) {
            listed.put(job.id(), width);
        }
        return new LiveJob(
                job.id(),
                job.name(),
                job.status(),
                job.startedAt(),
                width,
                job.flinkVersion(),
                job.webUrl(),
                job.detail());
    }
}
