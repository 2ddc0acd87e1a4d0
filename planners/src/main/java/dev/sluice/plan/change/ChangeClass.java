// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

/** What a change of a job's spec costs, cheapest first; a change of several fields costs the dearest. */
public enum ChangeClass {
    /** Nothing about the running job changes. */
    NOOP,
    /** Takes effect without a restart. */
    LIVE,
    /** Nothing runs and the job shall: first start, resumption or recovery. */
    START,
    /** Another parallelism, both above 1: the job graph stays, and its state fits. */
    RESCALE,
    /** Stop and start; the job graph and its serializers are the same, so the state surely fits. */
    RESTART_SAME_GRAPH,
    /** Stop and start; the graph may differ. */
    UPGRADE,
    /** State backend, changelog or maximum parallelism: only a canonical savepoint fits. */
    STATE_BACKEND,
    /** Another Flink version: only a savepoint fits. */
    VERSION,
    /** Another cluster or deployment mode: stop there, prove it, start here. */
    MOVE,
    /** A person names the state to start from, or none. */
    EMPTY_START,
    /** Stop with a savepoint and wait. */
    SUSPEND,
    /** No file claims the job: stop with a savepoint, keep the ledger. */
    DELETE;

    /** True when the running attempt must end for the change to take effect. */
    public boolean needsStop() {
        return compareTo(RESCALE) >= 0;
    }
}
