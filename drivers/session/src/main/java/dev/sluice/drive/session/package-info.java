// SPDX-License-Identifier: Apache-2.0

/**
 * What all session clusters share, whoever started them: from a job's specification to what is uploaded
 * and run, and whether that will work is found out while the job before still runs.
 *
 * <p>Nothing here talks to a cluster or knows where one is.
 */
package dev.sluice.drive.session;
