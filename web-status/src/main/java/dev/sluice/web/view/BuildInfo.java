// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Objects.requireNonNull;

/**
 * What is running.
 *
 * @param version version of Sluice
 * @param commit commit of Sluice it was built from, or {@code unknown}
 */
public record BuildInfo(String version, String commit) {
    public BuildInfo {
        requireNonNull(version, "version is null");
        requireNonNull(commit, "commit is null");
    }
}
