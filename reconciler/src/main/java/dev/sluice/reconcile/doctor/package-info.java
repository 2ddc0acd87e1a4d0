// SPDX-License-Identifier: Apache-2.0

/**
 * What stands between a configuration and a controller that works: git, journal, clusters, Flink, Java.
 *
 * <p>Looks only: nothing here starts, stops, downloads or writes, but a folder for temporary files that is
 * gone afterwards.
 */
package dev.sluice.reconcile.doctor;
