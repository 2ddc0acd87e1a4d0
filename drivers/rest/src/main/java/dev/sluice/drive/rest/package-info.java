// SPDX-License-Identifier: Apache-2.0

/**
 * Talks to Flink's REST interface and turns its answers into outcomes, for every kind of session
 * cluster.
 *
 * <p>The reader is tolerant (unknown fields are skipped, differences of versions are known here), every
 * call has a deadline and a bounded body, and no failure of the world leaves this package but as
 * {@link dev.sluice.drive.rest.RestFailure} or an outcome. Nothing here starts processes.
 */
package dev.sluice.drive.rest;
