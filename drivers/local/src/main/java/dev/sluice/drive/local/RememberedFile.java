// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a supervisor leaves for the next one, as JSON.
 *
 * @param remedy what a person does about a file that cannot be read
 */
record RememberedFile<T>(Path file, Class<T> type, String remedy) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    RememberedFile {
        requireNonNull(file, "file is null");
        requireNonNull(type, "type is null");
        requireNonNull(remedy, "remedy is null");
    }

    boolean isThere() {
        return Files.exists(file);
    }

    Optional<T> read() throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readString(file), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException(
                    "cannot read " + file + ": " + e.getOriginalMessage() + ": " + remedy, e);
        }
    }

    /** Puts it there as a whole, durable before this returns. */
    void write(T content) throws IOException {
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n";
        Path half = file.resolveSibling(file.getFileName() + ".half");
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
        try (FileChannel folder = FileChannel.open(file.getParent())) {
            folder.force(true);
        }
    }

    void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}
