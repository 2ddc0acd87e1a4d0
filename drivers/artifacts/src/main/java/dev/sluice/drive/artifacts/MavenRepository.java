// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactDescriptorPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.transfer.TransferListener;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.graph.visitor.PreorderNodeListGenerator;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/** Fetches artifacts into a local Maven repository, and reads what their poms ask for. */
final class MavenRepository {
    private static final int PARALLEL_DOWNLOADS = 4;
    /** A server in trouble is asked again after one and after two more seconds. */
    private static final int RETRIES = 2;

    private static final int RETRY_MILLIS = 1000;
    private static final String JAVA_VERSION = "17";

    private final MavenLocation location;
    private final Patience patience;

    MavenRepository(MavenLocation location) {
        this(location, Patience.DEFAULT);
    }

    MavenRepository(MavenLocation location, Patience patience) {
        this.location = location;
        this.patience = patience;
    }

    /**
     * A file and who gave it.
     *
     * @param from URL of the repository, without credentials
     */
    record Found(Path file, String from) {}

    /** Files in the order of the coordinates; downloads what the local repository does not hold. */
    List<Path> fetch(List<String> coordinates, TransferListener listener) throws ArtifactFailure {
        return find(coordinates, listener).stream().map(Found::file).toList();
    }

    /** As {@link #fetch}, and which repository each file is from. */
    List<Found> find(List<String> coordinates, TransferListener listener) throws ArtifactFailure {
        RepositorySystem system = new RepositorySystemSupplier().get();
        try {
            DefaultRepositorySystemSession session = session(system, listener);
            List<RemoteRepository> repositories = repositories(system, session);
            List<ArtifactRequest> requests = new ArrayList<>();
            for (String coordinate : coordinates) {
                requests.add(new ArtifactRequest(artifact(coordinate), repositories, null));
            }
            return system.resolveArtifacts(session, requests).stream()
                    .map(result -> new Found(result.getArtifact().getFile().toPath(), from(result)))
                    .toList();
        } catch (ArtifactResolutionException e) {
            throw MavenFailures.of(e);
        } finally {
            system.shutdown();
        }
    }

    /**
     * Coordinates of what an artifact needs to run, in Maven's order, the artifact itself left out:
     * scopes compile and runtime, nothing optional, the nearest of several versions.
     *
     * @param isUnwanted says of {@code group:name} that it is left out, and what only it needs
     */
    List<String> needs(String coordinate, Predicate<String> isUnwanted, TransferListener listener)
            throws ArtifactFailure {
        RepositorySystem system = new RepositorySystemSupplier().get();
        try {
            DefaultRepositorySystemSession session = session(system, listener);
            session.setDependencySelector(new RuntimeNeeds(isUnwanted));
            // A pom that cannot be had is an error: else its needs would be lost without a word.
            session.setArtifactDescriptorPolicy(
                    new SimpleArtifactDescriptorPolicy(ArtifactDescriptorPolicy.STRICT));
            CollectRequest request =
                    new CollectRequest().setRepositories(repositories(system, session));
            request.addDependency(new Dependency(artifact(coordinate), JavaScopes.RUNTIME));
            DependencyNode root = system.collectDependencies(session, request).getRoot();
            PreorderNodeListGenerator order = new PreorderNodeListGenerator();
            root.accept(order);
            return order.getArtifacts(true).stream()
                    .skip(1)
                    .map(MavenRepository::coordinate)
                    .distinct()
                    .toList();
        } catch (DependencyCollectionException e) {
            String what = "the pom of " + coordinate + " or of what it needs";
            throw MavenFailures.of(what, e, e.getResult().getExceptions());
        } finally {
            system.shutdown();
        }
    }

    private static Artifact artifact(String coordinate) throws ArtifactFailure {
        try {
            return new DefaultArtifact(coordinate);
        } catch (IllegalArgumentException e) {
            throw new ArtifactFailure(
                    Reason.UNUSABLE,
                    "cannot fetch " + coordinate
                            + ": write group:artifact[:extension[:classifier]]:version",
                    e);
        }
    }

    /** The shortest form that means the artifact. */
    private static String coordinate(Artifact artifact) {
        List<String> parts =
                new ArrayList<>(Arrays.asList(artifact.getGroupId(), artifact.getArtifactId()));
        boolean isPlainJar = artifact.getExtension().equals("jar")
                && artifact.getClassifier().isEmpty();
        if (!isPlainJar) {
            parts.add(artifact.getExtension());
        }
        if (!artifact.getClassifier().isEmpty()) {
            parts.add(artifact.getClassifier());
        }
        parts.add(artifact.getVersion());
        return String.join(":", parts);
    }

    private static String from(ArtifactResult result) {
        return result.getRepository() instanceof RemoteRepository remote
                ? remote.getUrl().replaceFirst("//[^/@]*@", "//").replaceFirst("/+$", "")
                : "";
    }

    private List<RemoteRepository> repositories(
            RepositorySystem system, DefaultRepositorySystemSession session)
            throws ArtifactFailure {
        MavenSettings settings = MavenSettings.read(location.settings(), System.getenv());
        settings.apply(session);
        RepositoryPolicy releases = new RepositoryPolicy(
                true, RepositoryPolicy.UPDATE_POLICY_NEVER, RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        RepositoryPolicy snapshots = new RepositoryPolicy(
                false, RepositoryPolicy.UPDATE_POLICY_NEVER, RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        List<RemoteRepository> all = new ArrayList<>(settings.repositories());
        // Maven's own name of the repository, so that files which Maven fetched count as ours.
        all.add(new RemoteRepository.Builder(
                        "central", "default", location.remote().toString())
                .build());
        List<RemoteRepository> strict = all.stream()
                .map(repository -> new RemoteRepository.Builder(repository)
                        .setReleasePolicy(releases)
                        .setSnapshotPolicy(snapshots)
                        .build())
                .toList();
        return system.newResolutionRepositories(session, strict);
    }

    private DefaultRepositorySystemSession session(
            RepositorySystem system, TransferListener listener) {
        DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
        LocalRepository local = new LocalRepository(location.local().toFile());
        session.setLocalRepositoryManager(system.newLocalRepositoryManager(session, local));
        session.setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL);
        // The descriptors' own repositories would let a pom choose whom we ask.
        session.setIgnoreArtifactDescriptorRepositories(true);
        // Profiles of poms ask for it. Fixed, so that a lock does not depend on where it is made.
        session.setSystemProperty("java.version", JAVA_VERSION);
        session.setConfigProperty("aether.connector.basic.threads", PARALLEL_DOWNLOADS);
        session.setConfigProperty(
                "aether.connector.connectTimeout", (int) patience.connect().toMillis());
        session.setConfigProperty(
                "aether.connector.requestTimeout", (int) patience.silence().toMillis());
        session.setConfigProperty("aether.connector.http.retryHandler.count", RETRIES);
        session.setConfigProperty("aether.connector.http.retryHandler.interval", RETRY_MILLIS);
        session.setTransferListener(new DeadlineListener(listener, patience.file()));
        return session;
    }
}
