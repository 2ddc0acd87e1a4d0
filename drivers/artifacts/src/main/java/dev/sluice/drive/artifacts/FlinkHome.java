// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** A complete folder of one Flink release: {@code lib} and {@code conf}. Read-only once made. */
public record FlinkHome(FlinkRelease release, Path root) {
    public FlinkHome {
        requireNonNull(release, "release is null");
        requireNonNull(root, "root is null");
    }

    public Path lib() {
        return root.resolve("lib");
    }

    /** The logging configuration of processes started from this home; needs {@code -Dlog.file}. */
    public Path logging() {
        return root.resolve("conf").resolve("log4j-console.properties");
    }
}
