// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.rest.FolderFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final CountDownLatch gate = new CountDownLatch(1);
    private FlinkHome home;
    private FolderFiles files;
    private Libraries libraries;

    @BeforeEach
    void open() throws IOException {
        home = new FlinkHome(
                FlinkReleases.bundled().find("1.20").orElseThrow(), folder.resolve("home"));
        Files.createDirectories(home.lib());
        Files.writeString(home.lib().resolve("flink-dist.jar"), "flink");
        Files.writeString(home.lib().resolve("log4j.jar"), "logs");
        files = new FolderFiles(folder.resolve("state"));
        libraries = new Libraries(files, this::copy);
    }

    @AfterEach
    void close() {
        libraries.close();
    }

    @Test
    void noCallWaitsForAnUpload() throws IOException {
        Optional<String> begun = libraries.bring(home);
        Optional<String> stillUnderWay = libraries.bring(home);
        gate.countDown();
        String lib = there();

        assertEquals(Optional.empty(), begun);
        assertEquals(Optional.empty(), stillUnderWay);
        assertEquals("flink", Files.readString(at(lib).resolve("flink-dist.jar")));
        assertEquals("logs", Files.readString(at(lib).resolve("log4j.jar")));
        assertTrue(Files.exists(at(lib).resolveSibling("manifest.txt")));
    }

    @Test
    void aJarThatIsMissingOrOfAnotherSizeIsBroughtAgain() throws IOException {
        gate.countDown();
        Path lib = at(there());
        Files.delete(lib.resolve("log4j.jar"));
        Files.writeString(lib.resolve("flink-dist.jar"), "half");

        String again = there();

        assertEquals(lib, at(again));
        assertEquals("flink", Files.readString(lib.resolve("flink-dist.jar")));
        assertEquals("logs", Files.readString(lib.resolve("log4j.jar")));
    }

    @Test
    void aFailureIsToldOnceAndTheNextCallBeginsAnew() throws IOException {
        gate.countDown();
        Path inTheWay = folder.resolve("state");
        Files.writeString(inTheWay, "a file");

        assertThrows(UncheckedIOException.class, this::there);
        Files.delete(inTheWay);

        assertTrue(Files.exists(at(there()).resolve("log4j.jar")));
    }

    private String there() {
        return Settling.until(PATIENCE, this::bring, Optional::isPresent).orElseThrow();
    }

    private Optional<String> bring() {
        try {
            return libraries.bring(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path at(String url) {
        return Path.of(files.path(url).orElseThrow());
    }

    private void copy(Path from, String to) throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        Path target = at(files.url(to));
        Files.createDirectories(target.getParent());
        Files.write(target, Files.readAllBytes(from));
    }
}
