// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
    @TempDir
    Path folder;

    @Test
    void theTokenOfAContextIsSentAndNeverShown() throws IOException {
        KubeAccess access = Kubeconfig.read(file("{token: abc}"), Optional.of("one"));

        assertEquals(Optional.of("Bearer abc"), access.authorization());
        assertFalse(access.toString().contains("abc"));
        assertEquals("https://10.0.0.1:6443", access.server().toString());
    }

    @Test
    void aTokenFileLiesBesideTheKubeconfigAndIsReadEachTime() throws IOException {
        Files.writeString(folder.resolve("token"), "first\n");
        KubeAccess access = Kubeconfig.read(file("{tokenFile: token}"), Optional.of("one"));

        Files.writeString(folder.resolve("token"), "second\n");

        assertEquals(Optional.of("Bearer second"), access.authorization());
    }

    @Test
    void aProgramThatMakesTokensIsNotRun() throws IOException {
        Path file = file("{exec: {command: touch}}");

        IOException refused =
                assertThrows(IOException.class, () -> Kubeconfig.read(file, Optional.of("one")));

        assertTrue(refused.getMessage().contains("use a token file"), refused::getMessage);
    }

    @Test
    void aContextThatIsNotThereIsNamed() throws IOException {
        Path file = file("{token: abc}");

        IOException refused =
                assertThrows(IOException.class, () -> Kubeconfig.read(file, Optional.of("two")));

        assertTrue(refused.getMessage().contains("no context 'two'"), refused::getMessage);
    }

    @Test
    void outsideOfAPodAKubeconfigIsAskedFor() {
        IOException refused = assertThrows(IOException.class, () -> Kubeconfig.inCluster(Map.of()));

        assertTrue(refused.getMessage().contains("name a kubeconfig"), refused::getMessage);
    }

    private Path file(String user) throws IOException {
        return Files.writeString(
                folder.resolve("config"),
                "clusters: [{name: c, cluster: {server: 'https://10.0.0.1:6443/'}}]\n"
                        + "contexts: [{name: one, context: {cluster: c, user: u}}]\n"
                        + "users: [{name: u, user: " + user + "}]\n");
    }
}
