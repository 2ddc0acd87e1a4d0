// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        files.replace(
                file(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
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
