// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.nio.file.Path;
import java.util.List;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.transfer.TransferListener;

/** Fetches single artifacts, never their dependencies, into the local Maven repository. */
final class MavenRepository {
    private static final int PARALLEL_DOWNLOADS = 4;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int REQUEST_MILLIS = 60_000;

    private final MavenLocation location;

    MavenRepository(MavenLocation location) {
        this.location = location;
    }

    /** Files in the order of the coordinates; downloads what the local repository does not hold. */
    List<Path> fetch(List<String> coordinates, TransferListener listener) throws ArtifactFailure {
        RepositorySystem system = new RepositorySystemSupplier().get();
        try {
            return system
                    .resolveArtifacts(session(system, listener), requests(coordinates))
                    .stream()
                    .map(ArtifactResult::getArtifact)
                    .map(Artifact::getFile)
                    .map(java.io.File::toPath)
                    .toList();
        } catch (ArtifactResolutionException e) {
            throw new ArtifactFailure(
                    true, "cannot fetch from " + location.remote() + ": " + e.getMessage(), e);
        } finally {
            system.shutdown();
        }
    }

    private List<ArtifactRequest> requests(List<String> coordinates) {
        RepositoryPolicy policy = new RepositoryPolicy(
                true, RepositoryPolicy.UPDATE_POLICY_NEVER, RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        // Maven's own name of the repository, so that files which Maven fetched count as ours.
        RemoteRepository remote = new RemoteRepository.Builder(
                        "central", "default", location.remote().toString())
                .setPolicy(policy)
                .build();
        return coordinates.stream()
                .map(coordinate ->
                        new ArtifactRequest(new DefaultArtifact(coordinate), List.of(remote), null))
                .toList();
    }

    private DefaultRepositorySystemSession session(
            RepositorySystem system, TransferListener listener) {
        DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
        LocalRepository local = new LocalRepository(location.local().toFile());
        session.setLocalRepositoryManager(system.newLocalRepositoryManager(session, local));
        session.setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        session.setConfigProperty("aether.connector.basic.threads", PARALLEL_DOWNLOADS);
        session.setConfigProperty("aether.connector.connectTimeout", CONNECT_MILLIS);
        session.setConfigProperty("aether.connector.requestTimeout", REQUEST_MILLIS);
        session.setTransferListener(listener);
        session.setReadOnly();
        return session;
    }
}
