// SPDX-License-Identifier: Apache-2.0

/**
 * Runs in a process of its own, on the class path of one Flink version, and answers requests that need
 * Flink's classes: one line of JSON in, one line out.
 *
 * <p>Two roles that never share a process: DEPLOY never loads a user's class, COMPILE does, for one
 * request. Nothing is kept between requests, so killing it at any time does no harm. It uses only
 * what Flink 1.15 to 2.3 have in common and stands on no class path of Sluice itself.
 */
package dev.sluice.worker;
