// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Files of the cluster of one attempt: those of a session cluster, {@code usrlib}, and its memory. */
record ApplicationFolder(ClusterFolder files) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    Optional<ApplicationFile> read() throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readString(file()), ApplicationFile.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException("cannot read " + file() + ": " + e.getOriginalMessage(), e);
        }
    }

    boolean isRemembered() {
        return Files.exists(file());
    }

    /** Durable before it returns: what is launched next must never be launched twice. */
    void write(ApplicationFile content) throws IOException {
        Path half = path().resolve("application.json.half");
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n";
        try (FileChannel out = FileChannel.open(
                half,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(half, file(), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(path())) {
            folder.force(true);
        }
    }

    /** Puts the program where Flink looks for it. */
    void bring(List<Path> jars) throws IOException {
        Path lib = Files.createDirectories(path().resolve("usrlib"));
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

    Path path() {
        return files.path();
    }

    private Path file() {
        return path().resolve("application.json");
    }
}
