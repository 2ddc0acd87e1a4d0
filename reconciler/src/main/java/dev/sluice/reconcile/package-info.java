// SPDX-License-Identifier: Apache-2.0
/**
 * When things happen, in what order, and how they are remembered: the loop, the step executor and
 * the command line.
 *
 * <p>This is the only package that may see all the others. It decides nothing about a job (the
 * planners do) and knows no runtime (the drivers do); it never loads a class of Flink.
 */
package dev.sluice.reconcile;
