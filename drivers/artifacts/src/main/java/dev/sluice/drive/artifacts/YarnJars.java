// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/** What a process that submits to YARN needs beside {@link FlinkReleases#withYarn a Flink home}. */
public final class YarnJars {
    private final LockedJars jars;

    public YarnJars(MavenLocation location) {
        this.jars = new LockedJars(requireNonNull(location, "location is null"));
    }

    /** A Hadoop client, which talks to Hadoop 2.10 and 3. */
    public List<Path> client(Progress progress) throws ArtifactFailure {
        return jars.fetch(
                "the Hadoop client", FlinkReleases.text("locks/hadoop-client.txt"), progress);
    }
}
