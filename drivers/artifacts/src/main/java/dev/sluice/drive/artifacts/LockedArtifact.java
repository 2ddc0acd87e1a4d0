// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;

/**
 * A jar in a Maven repository, pinned by what is in it.
 *
 * @param size bytes
 */
public record LockedArtifact(String group, String name, String version, Digest digest, long size) {
    /** What brings Flink to YARN. */
    static final String YARN = "flink-yarn";

    public LockedArtifact {
        requireNonNull(group, "group is null");
        requireNonNull(name, "name is null");
        requireNonNull(version, "version is null");
        requireNonNull(digest, "digest is null");
        if (size <= 0) {
            throw new IllegalArgumentException("an artifact has a size: " + size);
        }
    }

    /** Reads a line of a lock file: {@code <sha256> <size> <group>:<name>:<version>}. */
    static LockedArtifact parse(String line) {
        String[] fields = line.split(" ");
        String[] coordinate = fields[2].split(":");
        return new LockedArtifact(
                coordinate[0],
                coordinate[1],
                coordinate[2],
                new Digest(fields[0]),
                Long.parseLong(fields[1]));
    }

    /** The line that {@link #parse} reads. */
    String line() {
        return digest.hex() + " " + size + " " + coordinate();
    }

    /** {@code group:name:version}. */
    public String coordinate() {
        return group + ":" + name + ":" + version;
    }

    /**
     * The jar's name in a home's {@code lib}. Flink's deployment to YARN looks for the name of
     * {@code flink-dist} (YarnClusterDescriptor), which Maven Central does not have.
     */
    public String fileName() {
        return (name.equals(YARN) ? "flink-dist" : name) + "-" + version + ".jar";
    }
}
