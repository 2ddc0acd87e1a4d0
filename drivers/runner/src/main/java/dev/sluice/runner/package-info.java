// SPDX-License-Identifier: Apache-2.0

/**
 * Runs inside a Flink cluster: turns a SQL script into exactly one Flink job.
 *
 * <p>One jar serves Flink 1.17 to 2.3 and Java 8 onwards, so it may use only what all of them have. It
 * is uploaded to clusters and stands on no class path of Sluice itself.
 */
package dev.sluice.runner;
