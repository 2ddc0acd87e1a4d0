// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.signing.SigningPolicy;
import dev.sluice.reconcile.signing.SigningPolicy.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake of the controller's own file is told with its place before anything starts. */
class ConfigReaderTest {
    private static final String GOOD = "repository: jobs.git\nenvironment: test\n";

    @TempDir
    Path folder;

    @Test
    void twoFieldsAreEnough() throws IOException {
        ControllerConfig config = read(GOOD).config().orElseThrow();

        assertEquals("test", config.branch());
        assertEquals(folder.resolve("sluice-data"), config.dataDirectory());
        assertEquals(Duration.ofSeconds(15), config.poll());
    }

    @Test
    void foldersStandBesideEachOther() throws IOException {
        Files.createDirectories(folder.resolve("jdk-11"));

        ControllerConfig config = read(GOOD + "javaHomes: .:jdk-11\n").config().orElseThrow();

        assertEquals(List.of(folder, folder.resolve("jdk-11")), config.javaHomes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "poll: 0s                 | 3:7: error: expected a period",
                "listen: {host: here}     | 3:9: error: expected a text for listen, found a map",
                "javaHomes: .:no-such     | 3:12: error: expected a folder that is there",
                "branch: [a]              | 3:9: error: expected a text for branch, found a list",
                "branch: a b              | 3:9: error: not a branch name",
                "signatures: maybe        | 3:13: error: expected required or recorded",
                "signedCommits: all       | 3:16: error: expected allowedSigners or openPgpKeyring",
                "openPgpKeyring: none     | 3:17: error: expected a file that is there",
                "pol: 15s                 | 3:1: error: unknown field pol; did you mean poll?",
            })
    void aWrongFieldIsNamedWithItsPlace(String line, String expected) throws IOException {
        assertFound(GOOD + line + "\n", expected);
    }

    @ParameterizedTest
    @CsvSource({"Test", "../test", "a-name-of-more-than-20-characters"})
    void anEnvironmentThatNoJobKeyCanHaveIsRefused(String name) throws IOException {
        assertFound("repository: jobs.git\nenvironment: " + name + "\n", "2:14: error: expected");
    }

    @Test
    void aRefusedAddressDoesNotShowItsPassword() throws IOException {
        String text = assertFound(
                "repository: ftp://ann:canary@host/jobs\nenvironment: test\n",
                "1:13: error: the git URL must be https");

        assertFalse(text.contains("canary"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "https://ann:canary@host/x.git",
        "https://canary@host/x.git",
        "https://ann:can/ary@host/x.git",
        "http://canary@host:8080/x.git"
    })
    void anAddressWithASecretInItIsRefusedWithoutShowingIt(String address) throws IOException {
        String text = assertFound(
                "repository: " + address + "\nenvironment: test\n",
                "1:13: error: a password, token or user of http does not belong into this file");

        assertFalse(text.contains("canary") || text.contains("can/ary"), text);
    }

    @ParameterizedTest
    @CsvSource({"https://host:8443/a/b.git", "git://host:9418/a@b.git", "file:///srv/a@b.git"})
    void anAddressWithoutASecretIsTaken(String address) throws IOException {
        String read = read("repository: " + address + "\nenvironment: test\n")
                .config()
                .orElseThrow()
                .repository();

        assertEquals(address, read);
    }

    @Test
    void theAddressThatEveryPageShowsHasNoToken() {
        ControllerConfig config = new ControllerConfig(
                "https://canary@host/x.git",
                "test",
                "test",
                folder,
                ControllerConfig.Listen.DEFAULT,
                Duration.ofSeconds(15));

        assertEquals("https://***@host/x.git", config.repository());
    }

    @ParameterizedTest
    @CsvSource({"all, ALL", "firstParent, FIRST_PARENT", "head, HEAD"})
    void keysOfBothKindsAndHowFarTheyReachAreRead(String word, Reach reach) throws IOException {
        Path signers = Files.writeString(folder.resolve("signers"), "");
        Path keyring = Files.writeString(folder.resolve("keyring"), "");

        SigningPolicy policy = read(GOOD + "allowedSigners: signers\nopenPgpKeyring: keyring\n"
                        + "signatures: recorded\nsignedCommits: " + word + "\n")
                .config()
                .orElseThrow()
                .remote()
                .signing();

        SigningPolicy expected =
                new SigningPolicy(Optional.of(signers), Optional.of(keyring), false, reach);
        assertEquals(expected, policy);
    }

    @Test
    void whereKeysAreNamedEveryCommitMustBeSigned() throws IOException {
        Path signers = Files.writeString(folder.resolve("signers"), "");

        SigningPolicy policy = read(GOOD + "allowedSigners: signers\n")
                .config()
                .orElseThrow()
                .remote()
                .signing();

        assertEquals(
                new SigningPolicy(Optional.of(signers), Optional.empty(), true, Reach.ALL), policy);
    }

    private String assertFound(String file, String expected) throws IOException {
        String found = read(file).findings().toString();
        assertTrue(found.contains(expected), found);
        return found;
    }

    private ConfigReader.Result read(String text) throws IOException {
        Path file = folder.resolve("controller.yaml");
        Files.writeString(file, text);
        return ConfigReader.read(file);
    }
}
