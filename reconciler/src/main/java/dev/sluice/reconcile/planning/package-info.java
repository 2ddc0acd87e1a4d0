// SPDX-License-Identifier: Apache-2.0

/**
 * The plan of a commit: gathers what the planner needs from two readings, or from a reading and a
 * controller's memory, and keeps it with the plan so that the plan can be made again.
 *
 * <p>Asks no cluster and writes nothing.
 */
package dev.sluice.reconcile.planning;
