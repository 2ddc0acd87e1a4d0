// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.contract;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.EndClusterRequest;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SavepointDirectory;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.RestoreFrom;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Requests as planner and executor make them. */
public final class Requests {
    private static final String PLAN = "plan";

    private Requests() {}

    public static StageRequest stage(SampleJob job) {
        return new StageRequest(job.effective().spec(), Optional.empty(), 0, false);
    }

    public static StartRequest start(SampleJob job, int attempt, RestoreFrom from) {
        return start(
                job, attempt, from, new EarlierAttempts(job.key(), attempt - 1, Optional.empty()));
    }

    /** A start that may not be beside these. */
    public static StartRequest start(
            SampleJob job, int attempt, RestoreFrom from, EarlierAttempts... earlier) {
        return new StartRequest(
                job.effective(),
                attempt,
                JobId.of(job.key(), attempt),
                from,
                List.of(earlier),
                Optional.empty());
    }

    public static StopRequest stop(SampleJob job, int attempt, int tryNumber) {
        JobKey key = job.key();
        return new StopRequest(
                key,
                attempt,
                JobId.of(key, attempt),
                TriggerId.of(key, attempt, PLAN, tryNumber),
                SavepointDirectory.of(key, attempt, PLAN, tryNumber),
                SavepointFormat.NATIVE,
                job.flinkVersion());
    }

    public static CancelRequest cancel(SampleJob job, int attempt) {
        return new CancelRequest(
                job.key(), attempt, JobId.of(job.key(), attempt), job.flinkVersion());
    }

    public static RescaleRequest rescale(SampleJob job, int attempt, int from, int to) {
        JobKey key = job.key();
        return new RescaleRequest(
                key, attempt, JobId.of(key, attempt), from, to, job.flinkVersion());
    }

    public static EndClusterRequest end(SampleJob job, int attempt) {
        return new EndClusterRequest(
                job.key(), attempt, JobId.of(job.key(), attempt), job.flinkVersion());
    }

    public static ProofRequest prove(SampleJob job, int newestAttempt) {
        List<JobId> attempts = IntStream.rangeClosed(1, newestAttempt)
                .map(index -> newestAttempt + 1 - index)
                .mapToObj(attempt -> JobId.of(job.key(), attempt))
                .toList();
        return new ProofRequest(job.key(), attempts, job.flinkVersion());
    }

    public static DiscoverRequest discover(SampleJob job, int newestAttempt) {
        return new DiscoverRequest(job.key(), newestAttempt, Optional.empty(), job.flinkVersion());
    }
}
