// SPDX-License-Identifier: Apache-2.0

/**
 * Jobs that somebody started by hand, and the specs that adopt them. Only reads: what is written is a
 * file for a person to complete and commit; nothing here touches a cluster or a journal.
 */
package dev.sluice.reconcile.adopt;
