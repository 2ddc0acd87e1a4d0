// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.spec.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that was killed while it kept a pack has left behind. */
class StaleLockTest {
    @TempDir
    Path directory;

    @Test
    void theLockThatAKilledProcessLeftOnAPackIsToldAndGoneSoon() throws IOException {
        ServerRepository server = new ServerRepository(directory.resolve("server"));
        GitRemote remote = new GitRemote(server.url(), "test");
        try (GitSource source = open("data", remote);
                GitSource twin = open("twin", remote)) {
            server.commit("test", "one", Map.of("a", "1"));
            source.fetch();
            twin.fetch();
            CommitId next = server.commit("test", "two", Map.of("a", "2"));
            List<String> before = packs("twin");
            twin.fetch();
            List<String> brought = packs("twin").stream()
                    .filter(pack -> !before.contains(pack))
                    .toList();
            assertFalse(brought.isEmpty(), "nothing was brought");
            for (String pack : brought) {
                Files.createFile(directory
                        .resolve("data/git/objects/pack")
                        .resolve(pack.replace(".pack", ".keep.lock")));
            }

            Fetched held = source.fetch();
            assertInstanceOf(Fetched.Unreachable.class, held, held::toString);
            for (Path lock : found("data", ".lock")) {
                Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(11)));
            }

            Fetched free = source.fetch();
            assertEquals(
                    next,
                    assertInstanceOf(Fetched.Advanced.class, free, free::toString)
                            .head()
                            .commit());
            assertEquals(List.of(), found("data", ".lock"));
        }
    }

    private GitSource open(String data, GitRemote remote) {
        return GitSource.open(directory.resolve(data), remote, Clock.systemUTC());
    }

    private List<String> packs(String data) throws IOException {
        return found(data, ".pack").stream()
                .map(pack -> pack.getFileName().toString())
                .toList();
    }

    private List<Path> found(String data, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(data).resolve("git/objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
