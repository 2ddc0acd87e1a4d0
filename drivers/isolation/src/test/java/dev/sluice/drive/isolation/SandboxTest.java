// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
    @TempDir
    Path folder;

    @Test
    void whatAProgramNeedsCannotBeChangedByItButItsWorkingFolder() throws Exception {
        Sandbox sandbox = Sandbox.probe();
        if (!sandbox.isPossible()) {
            // Then programs are told to run without it: FlinkWorkers.sandbox() says so.
            assertFalse(FlinkWorkers.keepsApart());
            return;
        }
        Path hidden = Files.createDirectory(folder.resolve("hidden"));
        Path work = Files.createDirectory(hidden.resolve("work"));
        Path jar = Files.writeString(hidden.resolve("a.jar"), "jar");
        Path lib = Files.createDirectory(folder.resolve("lib"));
        Path other = Files.writeString(lib.resolve("b.jar"), "jar");
        String script = "cat " + jar + " " + other + " > " + work + "/read; echo bad > " + jar
                + "; echo bad > " + other + "; mount -o remount,bind,rw " + lib + "; echo bad > "
                + other + "; exit 0";

        Process process = new ProcessBuilder(sandbox.around(
                        List.of("sh", "-c", script),
                        List.of(hidden),
                        List.of(work, jar, lib),
                        true))
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals("jarjar", Files.readString(work.resolve("read")));
        assertEquals("jar", Files.readString(jar));
        assertEquals("jar", Files.readString(other));
    }
}
