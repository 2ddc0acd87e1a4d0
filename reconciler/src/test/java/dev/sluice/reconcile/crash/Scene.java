// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

/** What happens to the job, so that it makes a step. In the end it runs as a further attempt. */
enum Scene {
    /** A commit changes the script: stage, stop, start. */
    UPGRADE,

    /** A suspended job is resumed: prove, start. */
    RESUMPTION,

    /** No savepoint could be taken and the spec allows the last checkpoint: cancel, discover, start. */
    FALLBACK
}
