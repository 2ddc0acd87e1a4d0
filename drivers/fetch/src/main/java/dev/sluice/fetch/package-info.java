// SPDX-License-Identifier: Apache-2.0
/**
 * What runs in a pod before Flink does: brings the jars of a job to one place, checks the digest of each, and
 * puts them together as the one jar that Flink takes. Runs on Java 8 and needs nothing but Java.
 */
package dev.sluice.fetch;
