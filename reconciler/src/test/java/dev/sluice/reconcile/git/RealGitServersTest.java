// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.git.Fetched.Advanced;
import dev.sluice.reconcile.git.Fetched.Refusal;
import dev.sluice.reconcile.git.Fetched.Refused;
import dev.sluice.reconcile.git.Fetched.Unchanged;
import dev.sluice.reconcile.git.Fetched.Unreachable;
import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same promises over every protocol, kept by git's own servers: {@code git daemon},
 * {@code git http-backend} and {@code git-upload-pack} behind an ssh server.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class RealGitServersTest {
    enum Protocol {
        DAEMON,
        HTTP,
        SSH
    }

    /** Enough for a server of this machine, however busy that is. */
    private static final Duration PATIENT = Duration.ofSeconds(25);

    /** For servers that do not answer in time whatever it is. */
    private static final Duration HASTY = Duration.ofSeconds(1);

    @TempDir
    private static Path root;

    private static DaemonGitServer daemon;
    private static HttpGitServer http;
    private static SshGitServer ssh;
    private static Map<Protocol, Wire> wires;
    private static GitCredentials credentials;
    private static int repositories;

    @Parameter
    private Protocol protocol;

    private ServerRepository repository;
    private Wire wire;
    private GitSource source;
    private CommitId first;

    @BeforeAll
    static void startServers() throws IOException, GeneralSecurityException {
        KeyPair key = SshGitServer.keyPair();
        daemon = new DaemonGitServer(root);
        http = new HttpGitServer(root, "password");
        ssh = new SshGitServer(key.getPublic());
        wires = Map.of(
                Protocol.DAEMON, new Wire(daemon.port()),
                Protocol.HTTP, new Wire(http.port()),
                Protocol.SSH, new Wire(ssh.port()));
        Path password =
                Files.writeString(root.resolve("password"), "username=ann\npassword=password\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Path keys = Files.createDirectory(root.resolve("ssh"));
        try (OutputStream out = Files.newOutputStream(keys.resolve("id_ecdsa"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", null, out);
        }
        Files.writeString(
                keys.resolve("known_hosts"),
                ssh.knownHostsLine(wires.get(Protocol.SSH).port()));
        credentials = new GitCredentials(Optional.of(password), Optional.of(keys));
    }

    @AfterAll
    static void stopServers() throws IOException {
        for (Wire wire : wires.values()) {
            wire.close();
        }
        daemon.close();
        http.close();
        ssh.close();
    }

    @BeforeEach
    void followTheFirstCommit() {
        String name = "jobs-" + ++repositories;
        repository = new ServerRepository(root.resolve(name + ".git"));
        first = repository.commit("test", "one", Map.of("a", "1"));
        wire = wires.get(protocol);
        wire.heal();
        source = open(PATIENT);
        assertFollows(first);
    }

    /** @param timeout of one answer; a fetch may take twice as long */
    private GitSource open(Duration timeout) {
        GitLimits limits = new GitLimits(4 << 20, 1 << 20, 1000, timeout, timeout.multipliedBy(2));
        return GitSource.open(
                root.resolve("jobs-" + repositories),
                new GitRemote(url(), "test", limits, credentials),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void theBranchIsFollowedForward() {
        repository.commit("test", "two", Map.of("a", "2"));
        CommitId third = repository.commit("test", "three", Map.of("a", "3"));

        assertFollows(third);

        assertInstanceOf(Unchanged.class, source.fetch());
    }

    @Test
    void aDeletedOrForcedBranchIsFrozenUntilItDescendsAgain() {
        repository.delete("test");
        refused(Refusal.BRANCH_MISSING);
        CommitId other = repository.rewrite("test", "unrelated", Map.of("a", "2"));
        assertEquals(Optional.of(other), refused(Refusal.NOT_FAST_FORWARD).offered());
        assertEquals(Optional.of(first), source.followed());

        repository.move("test", first);
        assertFollows(repository.commit("test", "two", Map.of("a", "2")));
    }

    /** One after the other, so that each also meets what the one before has left behind. */
    @Test
    void aServerInWhateverTroubleIsUnreachableUntilItIsBack() {
        CommitId second = large();
        source.close();
        source = open(HASTY);
        Map<String, Runnable> troubles = new TreeMap<>(Map.of(
                "gone", () -> wire.cut(),
                "silent from the first word", () -> wire.silentAfter(0),
                "silent in the middle of the pack", () -> wire.silentAfter(150_000),
                "dripping from the first word", () -> wire.dripAfter(0),
                "dripping in the middle of the pack", () -> wire.dripAfter(150_000),
                "breaking off in the middle of the pack", () -> wire.resetAfter(150_000)));

        troubles.forEach((name, trouble) -> {
            wire.heal();
            trouble.run();
            Fetched fetched = source.fetch();
            assertInstanceOf(Unreachable.class, fetched, () -> name + ": " + fetched);
            assertEquals(Optional.of(first), source.followed(), name);
        });

        wire.heal();
        source.close();
        source = open(PATIENT);
        assertFollows(second);
    }

    @Test
    void ofManyBranchesOneIsAskedForAndTheOthersCostNothing() throws IOException {
        StringBuilder refs = new StringBuilder("# pack-refs with: peeled fully-peeled sorted\n");
        for (int branch = 10_000; branch < 30_000; branch++) {
            refs.append(first.hash()).append(" refs/heads/b").append(branch).append('\n');
        }
        Files.writeString(repository.directory().resolve("packed-refs"), refs);
        CommitId second = repository.commit("test", "two", Map.of("a", "2"));
        wire.heal();

        assertFollows(second);

        assertTrue(wire.answered() < 100_000, () -> wire.answered() + " bytes");
    }

    private String url() {
        String path = "/" + repository.directory().getFileName();
        return switch (protocol) {
            case DAEMON -> "git://127.0.0.1:" + wire.port() + path;
            case HTTP -> "http://127.0.0.1:" + wire.port() + path;
            case SSH -> "ssh://git@127.0.0.1:" + wire.port() + repository.directory();
        };
    }

    private void assertFollows(CommitId commit) {
        Fetched fetched = source.fetch();
        Advanced advanced = assertInstanceOf(Advanced.class, fetched, fetched::toString);
        assertEquals(commit, advanced.head().commit());
    }

    private Refused refused(Refusal reason) {
        Fetched fetched = source.fetch();
        Refused refused = assertInstanceOf(Refused.class, fetched, fetched::toString);
        assertEquals(reason, refused.reason());
        return refused;
    }

    /** So many bytes that do not shrink that a pack has a middle. */
    private CommitId large() {
        StringBuilder text = new StringBuilder();
        new Random(7).ints(400_000, '0', 'z').forEach(letter -> text.append((char) letter));
        return repository.commit("test", "two", Map.of("large", text.toString()));
    }
}
