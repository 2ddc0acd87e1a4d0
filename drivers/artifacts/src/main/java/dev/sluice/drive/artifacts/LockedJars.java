// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.FileDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Jars that belong to no Flink home and are pinned too; they stay in the local Maven repository. */
public final class LockedJars {
    private final MavenLocation location;

    public LockedJars(MavenLocation location) {
        this.location = requireNonNull(location, "location is null");
    }

    /**
     * The files of a lock in its order, each with the bytes that the lock says.
     *
     * @param what for people, such as {@code Hadoop 3.3.6}
     * @param lock lines of {@code <sha256> <size> <group>:<name>:<version>}
     */
    public List<Path> fetch(String what, String lock, Progress progress) throws ArtifactFailure {
        List<LockedArtifact> artifacts = lock.lines().map(LockedArtifact::parse).toList();
        List<Path> files = new MavenRepository(location)
                .fetch(
                        artifacts.stream().map(LockedArtifact::coordinate).toList(),
                        new DownloadProgress(what, artifacts, progress));
        for (int index = 0; index < files.size(); index++) {
            check(artifacts.get(index), files.get(index));
        }
        return files;
    }

    private static void check(LockedArtifact artifact, Path file) throws ArtifactFailure {
        try {
            if (!FileDigest.of(file).equals(artifact.digest())) {
                throw new ArtifactFailure(
                        false,
                        file + " is not the " + artifact.coordinate()
                                + " that Sluice pins: remove it and try again");
            }
        } catch (IOException e) {
            throw new ArtifactFailure(true, "cannot read " + file + ": " + e, e);
        }
    }
}
