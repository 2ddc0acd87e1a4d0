// SPDX-License-Identifier: Apache-2.0

/**
 * Answers the page's and the commands' questions from the loop's notice board and the journal.
 *
 * <p>Reads only; nothing here waits for git or a cluster.
 */
package dev.sluice.reconcile.status;
