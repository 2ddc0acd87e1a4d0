// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
    @TempDir
    Path logs;

    @Test
    void theLastThingThatTheMachineLackedIsToldAndNothingThatAProgramWrote() throws IOException {
        log("x".repeat(200_000)
                + "\nCaused by: java.lang.IllegalStateException: the password is 'geheim'"
                + "\nCaused by: java.lang.OutOfMemoryError: Metaspace"
                + "\nCaused by: java.net.BindException: Could not start rest endpoint on any port"
                + " in port range 8081\n\tat org.apache.flink.A.b(A.java:1)\n");

        assertEquals(
                Optional.of("java.net.BindException: Could not start rest endpoint on any port in"
                        + " port range 8081"),
                words());
    }

    @Test
    void withoutALogOrSuchALineNothingIsTold() throws IOException {
        assertEquals(Optional.empty(), words());

        log("java.lang.IllegalStateException: the password is 'geheim'\n");
        assertEquals(Optional.empty(), words());
    }

    private Optional<String> words() {
        return LastWords.of(logs, Role.JOB_MANAGER);
    }

    private void log(String text) throws IOException {
        Files.writeString(logs.resolve("jobmanager.log"), text);
    }
}
