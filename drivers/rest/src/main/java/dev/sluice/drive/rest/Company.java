// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.StartRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a new attempt would run beside: high availability can bring a job back after it has ended
 * (FLINK-39704), so that the proof of a moment ago is no proof any more.
 *
 * <p>Costs nine requests at most. The attempts that are the most likely to be back are asked for one by
 * one, because an overview may omit a live job (FLINK-40602); where there are more, one overview tells
 * of all others.
 */
final class Company {
    private final FlinkRest rest;

    Company(FlinkRest rest) {
        this.rest = rest;
    }

    /** The first that lives, in words. */
    Optional<String> of(StartRequest request) throws RestFailure {
        Set<JobId> all = new TreeSet<>(request.others());
        boolean isFew = all.size() <= StartRequest.ONE_BY_ONE;
        for (JobId job : isFew ? request.others() : request.likeliestOthers()) {
            Optional<JobStatus> status = rest.status(job);
            if (status.isPresent() && !status.get().isGloballyTerminal()) {
                return Optional.of(words(job, status.get()));
            }
        }
        List<OverviewEntry> listed = isFew ? List.of() : rest.overview();
        return listed.stream()
                .filter(job -> all.contains(job.id()) && !job.status().isGloballyTerminal())
                .findFirst()
                .map(job -> words(job.id(), job.status()));
    }

    private static String words(JobId job, JobStatus status) {
        return "an attempt that had ended lives again: job " + job + " is " + status
                + "; nothing is started beside it";
    }
}
