// SPDX-License-Identifier: Apache-2.0

/**
 * Brings artifacts to this machine: Flink homes made of Maven artifacts, and jars that jobs name.
 *
 * <p>Every file is checked against a digest before it is used and lands by an atomic rename. Nothing
 * here runs Flink or knows of jobs.
 */
package dev.sluice.drive.artifacts;
