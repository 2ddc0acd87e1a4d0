// SPDX-License-Identifier: Apache-2.0

/**
 * Runs what needs Flink's own or users' classes in processes of their own: one long-lived process per
 * Flink home that parses SQL and reads the metadata of savepoints, and one short-lived, sandboxed
 * process per program whose graph is wanted.
 *
 * <p>Decides whether saved state fits a graph; everything else is asked. Loads no class of Flink.
 */
package dev.sluice.drive.isolation;
