// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Files of one session cluster: {@code conf}, {@code logs}, {@code upload}, {@code cluster.json}. */
record ClusterFolder(Path path) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The cluster as its last supervisor left it; that it is there means "keep it up". */
    Optional<ClusterFile> read() throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readString(file()), ClusterFile.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException("cannot read " + file() + ": " + e.getOriginalMessage(), e);
        }
    }

    boolean isRemembered() {
        return Files.exists(file());
    }

    void write(ClusterFile content) throws IOException {
        Path half = path.resolve("cluster.json.half");
        Files.writeString(
                half, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
        Files.move(half, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    void forget() throws IOException {
        Files.deleteIfExists(file());
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

    private Path file() {
        return path.resolve("cluster.json");
    }
}
