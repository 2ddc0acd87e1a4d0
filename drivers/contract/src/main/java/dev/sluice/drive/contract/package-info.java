// SPDX-License-Identifier: Apache-2.0

/**
 * The contract every driver fulfils, as tests, and the sample jobs they run.
 *
 * <p>A driver's own test extends {@code DriverContract} and says how to break its world.
 */
package dev.sluice.drive.contract;
