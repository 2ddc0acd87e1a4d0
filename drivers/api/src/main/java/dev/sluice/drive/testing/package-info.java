// SPDX-License-Identifier: Apache-2.0

/**
 * A cluster in memory, for tests and simulations of everything above the drivers.
 *
 * <p>It is a checked model: the contract test runs against it and against real Flink, and where they
 * differ the model is wrong. It can lose requests and answers and forget jobs, as the real one does.
 */
package dev.sluice.drive.testing;
