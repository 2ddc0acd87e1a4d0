// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.FileDigest;
import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.read.Coordinate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jars that jobs name, as files of this machine: from a Maven repository, an http(s) address, or the job
 * repository, whose files the controller puts into the cache. What is locked is checked against its
 * digest when it is downloaded and again at every use.
 */
public final class ArtifactFiles {
    private final ArtifactCache cache;
    private final MavenRepository repository;
    private final HttpDownload http;
    private final Progress progress;
    private final long limit;
    private final Map<String, Object> turns = new ConcurrentHashMap<>();

    /**
     * @param cache see {@link CacheDirectory}
     * @param location which Maven repositories; files are kept in the cache, not in its local repository,
     *     because that may hold what somebody built here and nobody else has
     */
    public ArtifactFiles(Path cache, MavenLocation location, Progress progress) {
        this(cache, location, progress, CacheDirectory.trusted(System.getenv()));
    }

    /** @param trustedHosts hosts of http(s) addresses that may be this machine itself */
    public ArtifactFiles(
            Path cache, MavenLocation location, Progress progress, List<String> trustedHosts) {
        this(cache, location, progress, Patience.DEFAULT, trustedHosts);
    }

    ArtifactFiles(
            Path cache,
            MavenLocation location,
            Progress progress,
            Patience patience,
            List<String> trustedHosts) {
        this.cache = new ArtifactCache(cache, Clock.systemUTC());
        this.repository = new MavenRepository(location.at(cache.resolve("maven")), patience);
        this.http = new HttpDownload(patience, trustedHosts, progress);
        this.progress = requireNonNull(progress, "progress is null");
        this.limit = CacheDirectory.limit(System.getenv());
    }

    /**
     * An artifact that is here.
     *
     * @param from the Maven repository that answered; empty when nobody was asked or there is none
     */
    public record Fetched(Path file, Digest digest, Optional<String> from) {
        public Fetched {
            requireNonNull(file, "file is null");
            requireNonNull(digest, "digest is null");
            requireNonNull(from, "from is null");
        }
    }

    /** The file of an artifact, with the digest the specification asks for. */
    public Path fetch(Artifact artifact) throws ArtifactFailure {
        return find(artifact).file();
    }

    /**
     * Takes a file of the job repository over, under the path by which the specification names it.
     *
     * @throws ArtifactFailure when it has other bytes, is no jar, or cannot be written
     */
    public void keep(Artifact file, byte[] bytes) throws ArtifactFailure {
        requireBytes(file, Digest.of(bytes));
        JarCheck.check(file.coordinate(), bytes);
        try {
            cache.keep(file.coordinate(), bytes);
        } catch (IOException e) {
            throw notKept(file, e);
        }
    }

    /** Whether {@link #fetch} needs nobody: the artifact is locked and its bytes are here. */
    public boolean isHere(Artifact artifact) throws ArtifactFailure {
        try {
            return artifact.digest().isPresent() && inCache(artifact).isPresent();
        } catch (IOException e) {
            throw notKept(artifact, e);
        }
    }

    /** Asks the repository or the address, whatever the cache has. */
    public Fetched renew(Artifact artifact) throws ArtifactFailure {
        try {
            return download(artifact);
        } catch (IOException e) {
            throw notKept(artifact, e);
        }
    }

    /** As {@link #fetch}, and what is known of the file. Two threads never download the same. */
    public Fetched find(Artifact artifact) throws ArtifactFailure {
        synchronized (turns.computeIfAbsent(artifact.coordinate(), unused -> new Object())) {
            try {
                Optional<Fetched> here = inCache(artifact);
                return here.isPresent() ? here.get() : download(artifact);
            } catch (IOException e) {
                throw notKept(artifact, e);
            }
        }
    }

    /** A file that is no artifact, such as a part of Sluice itself, with its digest. */
    public static Fetched own(Path file) throws IOException {
        return new Fetched(file, FileDigest.of(file), Optional.empty());
    }

    /**
     * One jar with a program and everything it needs: the program itself where it needs nothing. Made
     * once, and checked at every use as all of the cache.
     */
    public Fetched bundle(Fetched program, List<Fetched> dependencies) throws ArtifactFailure {
        if (dependencies.isEmpty()) {
            return program;
        }
        Artifact bundle = new Artifact(BundledJar.name(program, dependencies), Optional.empty());
        try {
            Optional<Fetched> here = inCache(bundle);
            if (here.isPresent()) {
                return here.get();
            }
            Path half = cache.newFile();
            try {
                BundledJar.write(program.file(), dependencies, half);
                return taken(bundle, half, FileDigest.of(half), Optional.empty());
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw notKept(bundle, e);
        }
    }

    private Fetched taken(Artifact artifact, Path half, Digest digest, Optional<String> from)
            throws IOException {
        Path file = cache.keep(artifact.coordinate(), digest, half);
        // A released version never means other bytes, nor does a bundle; an address may.
        if (!(Coordinate.of(artifact.coordinate()) instanceof Coordinate.Address)) {
            cache.remember(artifact.coordinate(), digest, from.orElse(""));
        }
        cache.trim(limit);
        return new Fetched(file, digest, from);
    }

    private static ArtifactFailure notKept(Artifact artifact, IOException cause) {
        return new ArtifactFailure(
                Reason.UNREACHABLE,
                "cannot keep " + artifact.coordinate() + " in the cache: " + cause,
                cause);
    }

    /**
     * What a Maven artifact needs to run, in the order of the class path, the artifact left out.
     *
     * @param exclude {@code group:name} or {@code group:*}
     * @param provided {@code group:name} of what Flink brings
     */
    public List<String> needs(String coordinate, List<String> exclude, Set<String> provided)
            throws ArtifactFailure {
        return repository.needs(
                coordinate,
                name -> provided.contains(name)
                        || exclude.contains(name)
                        || exclude.contains(name.substring(0, name.indexOf(':')) + ":*"),
                new TransferProgress(coordinate, progress));
    }

    private Optional<Fetched> inCache(Artifact artifact) throws IOException {
        String name = artifact.coordinate();
        if (artifact.digest().isPresent()) {
            Digest digest = artifact.digest().get();
            return cache.find(name, digest)
                    .map(file -> new Fetched(file, digest, Optional.empty()));
        }
        Optional<Map.Entry<Digest, String>> known = cache.recall(name);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> from = Optional.of(known.get().getValue()).filter(text -> !text.isEmpty());
        Digest digest = known.get().getKey();
        return cache.find(name, digest).map(file -> new Fetched(file, digest, from));
    }

    private Fetched download(Artifact artifact) throws ArtifactFailure, IOException {
        Path half = cache.newFile();
        try {
            Optional<String> from = fill(artifact, half);
            JarCheck.check(artifact.coordinate(), half);
            Digest digest = FileDigest.of(half);
            requireBytes(artifact, digest);
            return taken(artifact, half, digest, from);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private static void requireBytes(Artifact artifact, Digest found) throws ArtifactFailure {
        if (artifact.digest().filter(locked -> !locked.equals(found)).isPresent()) {
            throw new ArtifactFailure(
                    Reason.OTHER_BYTES,
                    artifact.coordinate() + " has SHA-256 " + found + ", the lock file says "
                            + artifact.digest().get());
        }
    }

    private Optional<String> fill(Artifact artifact, Path half)
            throws ArtifactFailure, IOException {
        String name = artifact.coordinate();
        Coordinate coordinate = Coordinate.of(name);
        if (coordinate instanceof Coordinate.Address address) {
            http.fetch(address.url(), half);
            return Optional.empty();
        }
        if (coordinate instanceof Coordinate.InTree) {
            throw new ArtifactFailure(
                    Reason.NOT_FOUND,
                    "cannot fetch " + name + ": neither group:artifact:version nor an http(s)"
                            + " address, and no file of the repository in the cache");
        }
        MavenRepository.Found found = repository
                .find(List.of(name), new TransferProgress(name, progress))
                .get(0);
        // Moved, so that bytes are here once; Maven's folder keeps poms only.
        Files.move(found.file(), half, StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(found.from()).filter(from -> !from.isEmpty());
    }
}
