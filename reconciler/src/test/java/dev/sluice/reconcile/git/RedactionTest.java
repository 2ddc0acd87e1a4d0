// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String CANARY = "s3cr3t-t0ken";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://" + CANARY + "@127.0.0.1:1/jobs.git",
                "http://ann:" + CANARY + "@127.0.0.1:1/jobs.git",
                "http://ann:p%40" + CANARY + "@127.0.0.1:1/jobs.git"
            })
    void credentialsOfTheUrlAreInNoMessage(String url) {
        GitRemote remote = new GitRemote(url, "test");

        try (GitSource source = GitSource.open(directory, remote, Clock.systemUTC())) {
            Fetched fetched = source.fetch();

            assertInstanceOf(Fetched.Unreachable.class, fetched);
            assertFalse(fetched.toString().contains(CANARY), fetched::toString);
            assertFalse(remote.toString().contains(CANARY), remote::toString);
        }
    }

    @Test
    void aPasswordIsHiddenWhereverItStands() {
        Redaction redaction = new Redaction("https://ann:" + CANARY + "@host/jobs.git");

        assertEquals(
                "fatal: https://***@host/jobs.git: *** is wrong",
                redaction.apply("fatal: https://ann:" + CANARY + "@host/jobs.git: " + CANARY
                        + " is wrong"));
    }

    @Test
    void whatAServerSaysStaysOnOneLineOfBearableLength() {
        String shown = Redaction.printable("a\n\u001b[31mb\u0000" + "c".repeat(1000));

        assertEquals("a [31mb " + "c".repeat(492) + "...", shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext::sh -c id", "relative/path", "ftp://h/x"})
    void otherKindsOfUrlAreRefusedWithoutRepeatingThem(String url) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new GitRemote(url, "test"));

        assertFalse(refused.getMessage().contains(url), refused::getMessage);
    }
}
