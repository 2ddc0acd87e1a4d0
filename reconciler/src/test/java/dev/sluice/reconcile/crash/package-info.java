// SPDX-License-Identifier: Apache-2.0

/**
 * Controllers in processes of their own that die at every moment of every step, on real Flink, while
 * an observer that shares no code with them watches cluster, output and journal.
 */
package dev.sluice.reconcile.crash;
