// SPDX-License-Identifier: Apache-2.0

/**
 * YAML as a tree of nodes that know their line and column.
 *
 * <p>YAML 1.2 core typing on the events of snakeyaml's parser. Refuses what makes a configuration
 * ambiguous or dangerous: duplicate keys, merge keys, tags, cycles, bombs. Knows nothing of jobs.
 */
package dev.sluice.spec.yaml;
