// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.FileDigest;
import dev.sluice.drive.artifacts.ArtifactFiles.Fetched;
import dev.sluice.drive.session.JarProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files of one cluster: {@code conf}, {@code logs}, {@code upload}, and what is remembered of it. */
record ClusterFolder(Path path) {
    /** The program last: while it is there, the rest may be too. */
    private static final List<String> PASSING = List.of("conf", "tmp", "upload", "entry", "usrlib");

    /** A session cluster as its last supervisor left it; that it is there means "keep it up". */
    RememberedFile<ClusterFile> session() {
        return new RememberedFile<>(
                path.resolve("cluster.json"),
                ClusterFile.class,
                "delete it; processes of this cluster are found without it");
    }

    /** The cluster of one attempt; that it is there means "never launch its JobManager again". */
    RememberedFile<ApplicationFile> application() {
        return new RememberedFile<>(
                path.resolve("application.json"),
                ApplicationFile.class,
                "end the processes that name this folder, if there are any, and delete it");
    }

    /**
     * Removes what the processes of an attempt needed, once none of them lives. What is remembered
     * stays, because the attempt must not be launched again, and so do the logs.
     */
    void clear() throws IOException {
        for (String name : PASSING) {
            delete(path.resolve(name));
        }
    }

    /** Nothing is left that a process needs. */
    boolean isCleared() {
        return PASSING.stream().noneMatch(name -> Files.exists(path.resolve(name)));
    }

    /**
     * Copies the program of an attempt to where Flink looks for it. Copies, because they are read as long
     * as the attempt runs, and the cache may be changed or trimmed meanwhile.
     *
     * @return the jar with the entry point
     * @throws FileDigest.Changed when a jar has other bytes than were checked
     */
    Path bring(JarProgram program) throws IOException {
        for (String name : List.of("entry", "usrlib")) {
            // What an earlier start left that came no further.
            delete(path.resolve(name));
            Files.createDirectories(path.resolve(name));
        }
        int number = 0;
        for (Fetched jar : program.jars()) {
            // Two jars of one name may differ.
            copy(jar, path.resolve("usrlib").resolve(number + "-" + jar.file().getFileName()));
            number++;
        }
        return copy(program.entry(), path.resolve("entry").resolve("entry.jar"));
    }

    private static Path copy(Fetched jar, Path to) throws IOException {
        // The copy is what runs; Files.copy leaves the work to the kernel.
        Files.copy(jar.file(), to);
        FileDigest.require(to, jar.digest());
        return to;
    }

    /** Empty when another supervisor, in this process or another, is at work on this cluster. */
    Optional<FileChannel> tryLock() throws IOException {
        Files.createDirectories(path);
        FileChannel channel = FileChannel.open(
                path.resolve("cluster.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException heldInThisProcess) {
            // the same answer as if another process held it
        }
        channel.close();
        return Optional.empty();
    }

    Path configuration() {
        return path.resolve("conf");
    }

    Path logs() {
        return path.resolve("logs");
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            // What cannot be listed is told so.
            throw e.getCause();
        }
    }
}
