// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.transfer.AbstractTransferListener;

/**
 * Jars that jobs name, as files of this machine: {@code group:artifact:version} from the Maven
 * repository, or a {@code file:} URL. A digest in the specification is checked at every use.
 */
public final class ArtifactFiles {
    private final MavenRepository repository;

    public ArtifactFiles(MavenLocation location) {
        this.repository = new MavenRepository(location);
    }

    /** The file of an artifact, with the digest the specification asks for. */
    public Path fetch(Artifact artifact) throws ArtifactFailure {
        Path file = locate(artifact.coordinate());
        if (!Files.isRegularFile(file)) {
            throw new ArtifactFailure(false, artifact.coordinate() + " is not a file");
        }
        if (artifact.digest().isPresent()
                && !digest(file).equals(artifact.digest().get())) {
            throw new ArtifactFailure(
                    false,
                    artifact.coordinate() + " has SHA-256 " + digest(file) + ", the lock file says "
                            + artifact.digest().get());
        }
        return file;
    }

    private Path locate(String coordinate) throws ArtifactFailure {
        if (coordinate.startsWith("file:")) {
            return Path.of(URI.create(coordinate));
        }
        if (coordinate.split(":").length != 3 || coordinate.contains("/")) {
            throw new ArtifactFailure(
                    false,
                    "cannot fetch " + coordinate + ": write group:artifact:version or file:/path");
        }
        return repository
                .fetch(List.of(coordinate), new AbstractTransferListener() {})
                .get(0);
    }

    private static Digest digest(Path file) throws ArtifactFailure {
        try {
            return FileDigest.of(file);
        } catch (IOException e) {
            throw new ArtifactFailure(true, "cannot read " + file, e);
        }
    }
}
