// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.session.FileStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final Queue<Path> uploads = new ConcurrentLinkedQueue<>();
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
    @Timeout(60)
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

    @Test
    void anotherJarOfTheSameSizeAndNameLeavesTheFolderThatApplicationsUse() throws IOException {
        gate.countDown();
        Path before = at(there());
        Files.writeString(home.lib().resolve("flink-dist.jar"), "FLINK");

        Path after = at(there());

        assertEquals("flink", Files.readString(before.resolve("flink-dist.jar")));
        assertEquals("FLINK", Files.readString(after.resolve("flink-dist.jar")));
        assertEquals("logs", Files.readString(after.resolve("log4j.jar")));
    }

    @Test
    void aJarThatHasAnotherNameIsBroughtUnderIt() throws IOException {
        gate.countDown();
        Path before = at(there());
        Files.move(home.lib().resolve("log4j.jar"), home.lib().resolve("log4j-2.jar"));

        Path after = at(there());

        assertEquals(List.of("flink-dist.jar", "log4j-2.jar"), names(after));
        assertEquals(List.of("flink-dist.jar", "log4j.jar"), names(before));
    }

    @Test
    void whatAnotherControllerBringsMeanwhileIsNotBroughtAgain() throws IOException {
        libraries.bring(home);
        Path folder = Settling.until(PATIENCE, this::uploads, begun -> !begun.isEmpty())
                .get(0);
        Files.createDirectories(folder.getParent());
        Files.writeString(folder.resolveSibling("log4j.jar"), "LOGS");
        gate.countDown();

        Path lib = at(there());

        assertEquals("LOGS", Files.readString(lib.resolve("log4j.jar")));
        assertEquals(1, uploads().size(), "only the first of two jars");
    }

    private List<Path> uploads() {
        return List.copyOf(uploads);
    }

    private static List<String> names(Path lib) throws IOException {
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.map(jar -> jar.getFileName().toString()).sorted().toList();
        }
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

    private void copy(FileStamp from, String to) throws IOException {
        uploads.add(at(files.url(to)));
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        Path target = at(files.url(to));
        Files.createDirectories(target.getParent());
        Files.write(target, Files.readAllBytes(from.file()));
    }
}
