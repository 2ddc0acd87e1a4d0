// SPDX-License-Identifier: Apache-2.0

/**
 * Seeded runs of the real planner and the loop's desks against a model of Flink, storage, journal and
 * git, in virtual time on one thread. Every run is its list of events alone: the same list is the same
 * run, so a failing one can be made shorter.
 */
package dev.sluice.reconcile.simulation;
