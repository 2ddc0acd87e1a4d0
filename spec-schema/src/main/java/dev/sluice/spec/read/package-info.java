// SPDX-License-Identifier: Apache-2.0

/**
 * From the files of one commit to the desired jobs of one environment.
 *
 * <p>Pure: bytes in, values out; whatever is wrong with a file comes back as a finding, never as an
 * exception. No file system, no network, no clock.
 */
package dev.sluice.spec.read;
