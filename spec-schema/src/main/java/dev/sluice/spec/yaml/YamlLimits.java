// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

/**
 * How much of a document is read before it counts as an attack or an accident.
 *
 * @param depth nesting of lists and maps
 * @param nodes values after every alias has been followed
 * @param aliases uses of anchors
 */
public record YamlLimits(int depth, int nodes, int aliases) {
    /** For files of a job repository. */
    public static final YamlLimits DEFAULT = new YamlLimits(40, 50_000, 100);
}
