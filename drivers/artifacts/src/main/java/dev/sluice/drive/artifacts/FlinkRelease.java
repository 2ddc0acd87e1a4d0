// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One Flink version as {@code flink-versions.yaml} describes it.
 *
 * @param minor such as {@code 1.20}
 * @param patch such as {@code 1.20.1}
 * @param java feature versions of Java it runs on, best first
 * @param configurationFile name of the file Flink reads in its configuration directory
 * @param checkpointDirectoryKey configuration key, renamed in 1.20
 * @param savepointDirectoryKey configuration key, renamed in 1.20
 * @param takesRunConfiguration {@code POST /jars/:id/run} takes {@code flinkConfiguration}
 * @param jvmFlags what Flink needs of Java 17
 * @param artifacts every jar of a home
 */
public record FlinkRelease(
        String minor,
        String patch,
        List<Integer> java,
        String configurationFile,
        String checkpointDirectoryKey,
        String savepointDirectoryKey,
        boolean takesRunConfiguration,
        List<String> jvmFlags,
        List<LockedArtifact> artifacts) {
    public FlinkRelease {
        requireNonNull(minor, "minor is null");
        requireNonNull(patch, "patch is null");
        java = List.copyOf(java);
        requireNonNull(configurationFile, "configurationFile is null");
        requireNonNull(checkpointDirectoryKey, "checkpointDirectoryKey is null");
        requireNonNull(savepointDirectoryKey, "savepointDirectoryKey is null");
        jvmFlags = List.copyOf(jvmFlags);
        artifacts = List.copyOf(artifacts);
    }

    /** The lock as text: the same text means the same jars. */
    String lock() {
        return artifacts.stream()
                .map(LockedArtifact::line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Folder name of the home: a changed list of jars is another home. */
    String folder() {
        return patch + "-" + Digest.of(lock()).brief();
    }
}
