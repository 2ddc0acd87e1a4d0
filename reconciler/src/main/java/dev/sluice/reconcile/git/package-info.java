// SPDX-License-Identifier: Apache-2.0

/**
 * What git says: follows one branch of one repository and reads its trees.
 *
 * <p>Decides whether a commit may be followed (fast-forward, size, kind); never what it means. Keeps
 * a bare repository and never checks anything out. Runs no process and reads no configuration of
 * the machine or the user.
 */
package dev.sluice.reconcile.git;
