// SPDX-License-Identifier: Apache-2.0

/**
 * Lets the Flink version of a job say how it would run it: the statements as one plan, the operators with
 * the ids under which their state is kept. Runs users' programs, each in a process of its own that ends
 * with it; starts no job and asks no cluster.
 */
package dev.sluice.reconcile.explain;
