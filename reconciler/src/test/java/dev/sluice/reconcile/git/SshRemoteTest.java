// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.reconcile.git.Fetched.Advanced;
import dev.sluice.reconcile.git.Fetched.Unreachable;
import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshRemoteTest {
    @TempDir
    private Path directory;

    private Path ssh;
    private KeyPair key;
    private ServerRepository repository;

    @BeforeEach
    void makeKey() throws IOException, GeneralSecurityException {
        repository = new ServerRepository(directory.resolve("jobs.git"));
        ssh = Files.createDirectory(directory.resolve("ssh"));
        key = SshGitServer.keyPair();
        try (OutputStream out = Files.newOutputStream(ssh.resolve("id_ecdsa"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", null, out);
        }
    }

    @Test
    void aBranchIsFollowedWithAKeyFromAKnownHost() throws IOException, GeneralSecurityException {
        CommitId first = repository.commit("test", "one", Map.of("a", "1"));
        try (SshGitServer server = new SshGitServer(key.getPublic());
                GitSource source = open(server)) {
            Files.writeString(ssh.resolve("known_hosts"), server.knownHostsLine());

            Advanced advanced = assertInstanceOf(Advanced.class, source.fetch());

            assertEquals(first, advanced.head().commit());
        }
    }

    @Test
    void aHostThatIsNotKnownIsRefusedAndNotLearned() throws IOException, GeneralSecurityException {
        repository.commit("test", "one", Map.of("a", "1"));
        try (SshGitServer server = new SshGitServer(key.getPublic());
                GitSource source = open(server)) {
            Files.writeString(ssh.resolve("known_hosts"), "");

            assertInstanceOf(Unreachable.class, source.fetch());

            assertEquals("", Files.readString(ssh.resolve("known_hosts")));
        }
    }

    @Test
    void aHostWhoseKeyIsAnotherThanTheKnownOneIsRefusedAndKeepsItsLine()
            throws IOException, GeneralSecurityException {
        repository.commit("test", "one", Map.of("a", "1"));
        try (SshGitServer server = new SshGitServer(key.getPublic());
                SshGitServer other = new SshGitServer(key.getPublic());
                GitSource source = open(server)) {
            String line = other.knownHostsLine(server.port());
            Files.writeString(ssh.resolve("known_hosts"), line);

            assertInstanceOf(Unreachable.class, source.fetch());

            assertEquals(line, Files.readString(ssh.resolve("known_hosts")));
        }
    }

    @Test
    void aKeyThatTheServerDoesNotKnowGetsNothing() throws IOException, GeneralSecurityException {
        repository.commit("test", "one", Map.of("a", "1"));
        try (SshGitServer server = new SshGitServer(SshGitServer.keyPair().getPublic());
                GitSource source = open(server)) {
            Files.writeString(ssh.resolve("known_hosts"), server.knownHostsLine());

            assertInstanceOf(Unreachable.class, source.fetch());
        }
    }

    @Test
    void sshWithoutADirectoryOfKeysIsRefusedAtOnce() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new GitRemote("git@github.example.com:acme/jobs.git", "test"));
    }

    private GitSource open(SshGitServer server) {
        GitRemote remote = new GitRemote(
                server.url(repository.directory()),
                "test",
                GitLimits.DEFAULT,
                new GitCredentials(Optional.empty(), Optional.of(ssh)));
        return GitSource.open(directory.resolve("data"), remote, Clock.systemUTC());
    }
}
