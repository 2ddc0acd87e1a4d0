// SPDX-License-Identifier: Apache-2.0

/**
 * What Sluice remembers: one SQLite file with the present record of every job, every intent and
 * outcome, every state pointer ever seen, and the lease that says who may act.
 *
 * <p>Decides nothing about jobs. Only this package writes SQL. A row never holds a secret; history
 * is only ever appended to, and each of its rows is covered by a hash over all before it.
 */
package dev.sluice.reconcile.journal;
