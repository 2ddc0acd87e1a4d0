// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.spec.Artifact;
import java.util.Optional;

/**
 * The jar with the entry point of a JobManager that runs one job alone ({@code flink-container}). It is
 * no part of a home, because session clusters need none; a binary distribution has it in
 * {@code flink-dist}. Maven Central lacks it for many releases: the file has the nearest one that is
 * there for each minor version.
 */
public final class ApplicationEntry {
    /** The class that is run. */
    public static final String MAIN_CLASS =
            "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";

    private ApplicationEntry() {}

    /**
     * The jar for a release, pinned by its digest.
     *
     * @throws IllegalStateException for a release that no line is there for
     */
    public static Artifact of(FlinkRelease release) {
        return FlinkReleases.text("locks/application.txt")
                .lines()
                .filter(line -> line.startsWith(release.minor() + " "))
                .map(line -> LockedArtifact.parse(line.substring(line.indexOf(' ') + 1)))
                .map(locked -> new Artifact(locked.coordinate(), Optional.of(locked.digest())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "locks/application.txt has no line for Flink " + release.minor()));
    }
}
