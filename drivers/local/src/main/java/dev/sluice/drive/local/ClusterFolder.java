// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
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
            throw new IOException(
                    "cannot read " + file() + ": " + e.getOriginalMessage()
                            + ": delete it; processes of this cluster are found without it",
                    e);
        }
    }

    boolean isRemembered() {
        return Files.exists(file());
    }

    void write(ClusterFile content) throws IOException {
        replace(file(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
    }

    /** Puts a file of this folder there as a whole, durable before this returns. */
    void replace(Path file, String text) throws IOException {
        Path half = path.resolve(file.getFileName() + ".half");
        try (FileChannel out = FileChannel.open(
                half,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(path)) {
            folder.force(true);
        }
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
