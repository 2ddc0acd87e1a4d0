// SPDX-License-Identifier: Apache-2.0

/**
 * One controller on many versions of real Flink at once: what is promised of each of them, and of jobs
 * that move between them. Each version is started once for all tests of this package.
 */
package dev.sluice.reconcile.versions;
