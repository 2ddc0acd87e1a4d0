// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process whose command line is as long as that of an application with a script. */
class FlinkProcessTest {
    @TempDir
    Path folder;

    private Process running;

    @BeforeEach
    void start() throws IOException {
        String script = new Random(7)
                .ints(20_000, 'a', 'z')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String marker = FlinkProcess.marker(folder.resolve("one"), Role.JOB_MANAGER);
        // Reads its input, which nobody closes before the end of the test.
        running = new ProcessBuilder("/bin/sh", "-c", "read unused", marker, script).start();
    }

    @AfterEach
    void end() {
        running.destroyForcibly();
    }

    @Test
    void isRecognisedHoweverLongItsCommandLineIs() {
        long pid = running.pid();

        assertEquals(
                Optional.of(Role.JOB_MANAGER),
                FlinkProcess.find(pid, folder.resolve("one")).map(FlinkProcess::role));
        assertEquals(1, FlinkProcess.all(folder.resolve("one")).size());
        assertEquals(
                Optional.of(FlinkProcess.marker(folder.resolve("one"), Role.JOB_MANAGER)),
                FlinkProcess.mark(pid));
    }

    @Test
    void isSeenBelowItsOwnFolderAlone() {
        assertTrue(FlinkProcess.isAnyBelow(folder));
        assertFalse(FlinkProcess.isAnyBelow(folder.resolve("on")));
        assertEquals(0, FlinkProcess.all(folder.resolve("other")).size());
    }
}
