// SPDX-License-Identifier: Apache-2.0

/**
 * What an effective job may say, beyond the form of its fields: reserved keys, clusters, team rules.
 *
 * <p>Reads the environment and the team, no files.
 */
package dev.sluice.spec.rule;
