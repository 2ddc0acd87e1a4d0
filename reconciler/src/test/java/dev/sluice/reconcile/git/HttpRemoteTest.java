// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.git.Fetched.Advanced;
import dev.sluice.reconcile.git.Fetched.Unreachable;
import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HttpRemoteTest {
    private static final String CANARY = "s3cr3t-t0ken";

    @TempDir
    private Path directory;

    private ServerRepository repository;
    private HttpGitServer server;

    @BeforeEach
    void serve() throws IOException {
        repository = new ServerRepository(directory.resolve("jobs.git"));
        server = new HttpGitServer(directory, CANARY);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aBranchIsFollowedWithThePasswordOfAFileThatMayChange() throws IOException {
        CommitId first = repository.commit("test", "one", Map.of("a", "1"));
        Path file = passwordFile(CANARY, "rw-------");
        try (GitSource source = open(server.url("jobs.git"), file)) {
            assertEquals(
                    first,
                    assertInstanceOf(Advanced.class, source.fetch()).head().commit());
            CommitId second = repository.commit("test", "two", Map.of("a", "2"));

            server.changePassword("another");
            Unreachable refused = assertInstanceOf(Unreachable.class, source.fetch());
            passwordFile("another", "rw-------");

            assertFalse(refused.toString().contains(CANARY), refused::toString);
            assertEquals(
                    second,
                    assertInstanceOf(Advanced.class, source.fetch()).head().commit());
        }
    }

    @Test
    void aPasswordFileThatOthersMayReadIsNotUsed() throws IOException {
        repository.commit("test", "one", Map.of("a", "1"));
        Path file = passwordFile(CANARY, "rw-r-----");

        try (GitSource source = open(server.url("jobs.git"), file)) {
            Unreachable refused = assertInstanceOf(Unreachable.class, source.fetch());

            assertTrue(refused.cause().contains("chmod 600"), refused::cause);
        }
    }

    @Test
    void aRedirectIsNotFollowedAndGetsNoPassword() throws IOException {
        repository.commit("test", "one", Map.of("a", "1"));
        try (HttpGitServer other = new HttpGitServer(directory, CANARY);
                GitSource source =
                        open(server.url("jobs.git"), passwordFile(CANARY, "rw-------"))) {
            server.redirectTo(other.url("").replaceAll("/$", ""));

            assertInstanceOf(Unreachable.class, source.fetch());
        }
    }

    @Test
    @Timeout(20)
    void aServerThatNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                GitSource source = open(
                        "http://127.0.0.1:" + silent.getLocalPort() + "/jobs.git",
                        passwordFile(CANARY, "rw-------"))) {
            assertInstanceOf(Unreachable.class, source.fetch());
        }
    }

    private GitSource open(String url, Path passwordFile) {
        GitLimits limits = new GitLimits(
                1 << 20, 1 << 20, 1000, Duration.ofSeconds(1), Duration.ofSeconds(10));
        GitCredentials credentials =
                new GitCredentials(Optional.of(passwordFile), Optional.empty());
        GitRemote remote = new GitRemote(url, "test", limits, credentials);
        return GitSource.open(directory.resolve("data"), remote, Clock.systemUTC());
    }

    private Path passwordFile(String password, String mode) throws IOException {
        Path file = directory.resolve("password");
        Files.writeString(file, "username=ann\npassword=" + password + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }
}
