// SPDX-License-Identifier: Apache-2.0

/**
 * The commands of {@code sluice}: they read arguments, call the rest, print and choose an exit code.
 *
 * <p>Data goes to standard output, everything else to standard error. Nothing is decided here.
 */
package dev.sluice.reconcile.cli;
