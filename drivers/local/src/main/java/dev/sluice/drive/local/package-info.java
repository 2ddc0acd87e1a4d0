// SPDX-License-Identifier: Apache-2.0

/**
 * Flink that Sluice starts and supervises itself: one session cluster per Flink version.
 *
 * <p>The cluster belongs to its directory, not to the controller: it lives on when the controller ends
 * and is found again by the next one. A dead process is started again, but never a job: that is decided
 * elsewhere, from state on storage.
 */
package dev.sluice.drive.local;
