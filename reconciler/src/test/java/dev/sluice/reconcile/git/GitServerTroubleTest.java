// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.git.Fetched.Advanced;
import dev.sluice.reconcile.git.Fetched.Unchanged;
import dev.sluice.reconcile.git.Fetched.Unreachable;
import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real git server that fails in the middle: what was followed stays, and the next fetch heals. */
class GitServerTroubleTest {
    @TempDir
    private Path directory;

    private ServerRepository repository;
    private HttpGitServer server;
    private GitSource source;
    private CommitId first;

    @BeforeEach
    void followTheFirstCommit() throws IOException {
        repository = new ServerRepository(directory.resolve("jobs.git"));
        server = new HttpGitServer(directory, "password");
        first = repository.commit("test", "one", Map.of("a", "1"));
        Path file = directory.resolve("password");
        Files.writeString(file, "username=ann\npassword=password\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        GitLimits limits =
                new GitLimits(8 << 20, 4 << 20, 1000, Duration.ofSeconds(1), Duration.ofSeconds(3));
        GitRemote remote = new GitRemote(
                server.url("jobs.git"),
                "test",
                limits,
                new GitCredentials(Optional.of(file), Optional.empty()));
        source = GitSource.open(directory.resolve("data"), remote, Clock.systemUTC());
        assertInstanceOf(Advanced.class, source.fetch());
    }

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 403, 404})
    void aServerThatAnswersWithAnErrorChangesNothing(int status) {
        CommitId second = large();
        server.answerWith(status);

        Unreachable failed = assertInstanceOf(Unreachable.class, source.fetch());

        assertEquals(Optional.of(first), source.followed());
        assertTrue(!failed.cause().contains("password"), failed::cause);
        server.recover();
        assertFollows(second);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 400, 5_000, 200_000})
    void anAnswerThatIsCutOffChangesNothing(long bytes) {
        CommitId second = large();
        server.cutOffAfter(bytes);

        Fetched failed = source.fetch();

        assertTrue(
                !(failed instanceof Advanced) && !(failed instanceof Unchanged), failed::toString);
        assertEquals(Optional.of(first), source.followed());
        server.recover();
        assertFollows(second);
    }

    @Test
    @Timeout(30)
    void anAnswerThatDripsEndsAtTheDeadline() {
        CommitId second = large();
        server.drip();

        assertInstanceOf(Unreachable.class, source.fetch());

        assertEquals(Optional.of(first), source.followed());
        server.recover();
        assertFollows(second);
    }

    @Test
    void theAgeOfTheTruthIsTheLastAnswerAndTheFailureCountsFromItsFirst() {
        Optional<java.time.Instant> contact = source.lastContact();
        server.answerWith(503);

        Unreachable one = assertInstanceOf(Unreachable.class, source.fetch());
        Unreachable two = assertInstanceOf(Unreachable.class, source.fetch());

        assertEquals(one.since(), two.since());
        assertEquals(contact, source.lastContact());
    }

    /** So many bytes that do not shrink that an answer has a middle. */
    private CommitId large() {
        StringBuilder text = new StringBuilder();
        new Random(7).ints(300_000, '0', 'z').forEach(letter -> text.append((char) letter));
        return repository.commit("test", "two", Map.of("large", text.toString()));
    }

    private void assertFollows(CommitId commit) {
        Fetched fetched = source.fetch();
        Advanced advanced = assertInstanceOf(Advanced.class, fetched, fetched::toString);
        assertEquals(commit, advanced.head().commit());
    }
}
