// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A complete folder of one Flink release, read only.
 *
 * @param root for people
 * @param lib every jar of it belongs on the class path of Flink's processes
 */
public record FlinkHome(FlinkRelease release, Path root, Path lib) {
    public FlinkHome {
        requireNonNull(release, "release is null");
        requireNonNull(root, "root is null");
        requireNonNull(lib, "lib is null");
    }

    /** A home of the usual layout. */
    public FlinkHome(FlinkRelease release, Path root) {
        this(release, root, root.resolve("lib"));
    }

    /** The logging of processes that Sluice starts, as text; needs {@code -Dlog.file}. */
    public static String logging() {
        return FlinkReleases.text("log4j-console.properties");
    }
}
