// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the library of SQLite is unpacked, seen in processes of their own: each loads it once. */
class NativeLibraryTest {
    @TempDir
    private Path directory;

    @Test
    void aKilledProcessLeavesNothingAmongTemporaryFilesAndALaterOneCleansUp() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Process killed = open(temporary);
        assertEquals('o', killed.getInputStream().read());
        killed.destroyForcibly().waitFor();

        assertEquals(List.of(), libraries(temporary));
        List<Path> left = libraries(nativeFolder());
        assertEquals(2, left.size(), left::toString);

        end(open(temporary));
        assertEquals(left, libraries(nativeFolder()));

        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofMinutes(11)));
        for (Path file : left) {
            Files.setLastModifiedTime(file, longAgo);
        }
        end(open(temporary));
        assertEquals(List.of(), libraries(nativeFolder()));
    }

    @Test
    void aFolderForTemporaryFilesThatIsNotThereIsNotMissed() throws Exception {
        end(open(directory.resolve("none")));

        assertTrue(Files.exists(directory.resolve("data/journal.db")));
    }

    private Path nativeFolder() {
        return directory.resolve("data/native");
    }

    private static List<Path> libraries(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("sqlite-"))
                    .sorted()
                    .toList();
        }
    }

    private Process open(Path temporary) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opener.class.getName(),
                        directory.resolve("data").toString())
                .redirectError(Redirect.INHERIT)
                .start();
    }

    /** Lets an opener end by itself. */
    private static void end(Process opener) throws IOException, InterruptedException {
        opener.getOutputStream().close();
        String said = new String(opener.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("open", said.strip());
        assertEquals(0, opener.waitFor());
    }

    /** Opens the journal of a folder, says so, and keeps it open until its input ends. */
    static final class Opener {
        private Opener() {}

        public static void main(String[] arguments) throws IOException {
            try (Journal journal = Journal.open(Path.of(arguments[0]))) {
                System.out.println(
                        journal.verifyChain() instanceof ChainCheck.Intact ? "open" : "");
                System.out.flush();
                System.in.readAllBytes();
            }
        }
    }
}
