// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

/** Flink's job states, as its REST interface names them ({@code org.apache.flink.api.common.JobStatus}). */
public enum JobStatus {
    INITIALIZING,
    CREATED,
    RUNNING,
    FAILING,
    FAILED,
    CANCELLING,
    CANCELED,
    FINISHED,
    RESTARTING,
    SUSPENDED,
    RECONCILING;

    /** True when the job has ended for good and no failover brings it back. */
    public boolean isGloballyTerminal() {
        return this == FAILED || this == CANCELED || this == FINISHED;
    }
}
