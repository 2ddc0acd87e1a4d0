// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** What a program learns of the job it submitted: that it was accepted, and nothing else. */
final class AcceptedJob implements JobClient {
    private final JobID id = new JobID();

    @Override
    public JobID getJobID() {
        return id;
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
        return CompletableFuture.completedFuture(JobStatus.INITIALIZING);
    }

    @Override
    public CompletableFuture<Void> cancel() {
        return refused();
    }

    @Override
    public CompletableFuture<String> stopWithSavepoint(
            boolean drains, String folder, SavepointFormatType format) {
        return refused();
    }

    @Override
    public CompletableFuture<String> triggerSavepoint(String folder, SavepointFormatType format) {
        return refused();
    }

    @Override
    public CompletableFuture<Map<String, Object>> getAccumulators() {
        return refused();
    }

    @Override
    public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
        return refused();
    }

    /** As on a cluster that runs programs for others: the job's end cannot be waited for. */
    private static <T> CompletableFuture<T> refused() {
        CompletableFuture<T> refused = new CompletableFuture<>();
        refused.completeExceptionally(new UnsupportedOperationException(
                "main() may start its job, not wait for it or steer it: Sluice does that"));
        return refused;
    }
}
