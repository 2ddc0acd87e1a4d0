// SPDX-License-Identifier: Apache-2.0

/**
 * Finds out what the lock file of each job has to say: the digest of every artifact, and what an
 * artifact needs in turn.
 *
 * <p>Asks repositories, and writes nothing but lock files. What is locked already is not locked anew
 * unless that is asked for: a repository that suddenly has other bytes is an error.
 */
package dev.sluice.reconcile.lock;
