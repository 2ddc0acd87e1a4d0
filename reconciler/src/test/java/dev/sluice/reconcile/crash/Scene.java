// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

/** What happens to the job, so that it makes a step. */
enum Scene {
    /** A commit changes the script: stage, stop, start. */
    UPGRADE,

    /** A suspended job is resumed: prove, start. */
    RESUMPTION,

    /** No savepoint could be taken and the spec allows the last checkpoint: cancel, discover, start. */
    FALLBACK,

    /**
     * A commit changes the parallelism: rescale, and where the cluster declines that, stop, start. It
     * says so before it is asked to change anything.
     */
    RESCALING,

    /** No world has it: no driver changes a job live, and only a cluster of a job's own is ended. */
    ELSEWHERE
}
