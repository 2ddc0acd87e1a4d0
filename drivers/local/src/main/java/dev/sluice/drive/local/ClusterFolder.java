// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files of one cluster: {@code conf}, {@code logs}, {@code upload}, and what is remembered of it. */
record ClusterFolder(Path path) {
    /** The program last: while it is there, the rest may be too. */
    private static final List<String> PASSING = List.of("conf", "tmp", "upload", "usrlib");

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

    /** Puts the program of an attempt where Flink looks for it. */
    void bring(List<Path> jars) throws IOException {
        Path lib = Files.createDirectories(path.resolve("usrlib"));
        int number = 0;
        for (Path jar : jars) {
            // Two jars of one name may differ.
            Files.copy(
                    jar,
                    lib.resolve(number + "-" + jar.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
            number++;
        }
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
