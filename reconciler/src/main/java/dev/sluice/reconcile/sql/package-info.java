// SPDX-License-Identifier: Apache-2.0

/**
 * Lets the Flink version of each job read its SQL, and tells what is wrong in terms of the files of the
 * repository. Decides nothing about jobs and starts none.
 */
package dev.sluice.reconcile.sql;
