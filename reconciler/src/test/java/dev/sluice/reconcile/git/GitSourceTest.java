// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.git.Fetched.Advanced;
import dev.sluice.reconcile.git.Fetched.Refusal;
import dev.sluice.reconcile.git.Fetched.Refused;
import dev.sluice.reconcile.git.Fetched.Unchanged;
import dev.sluice.reconcile.git.Fetched.Unreachable;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.read.Tree;
import dev.sluice.spec.read.Tree.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private ServerRepository server;
    private GitSource source;

    @BeforeEach
    void open() {
        server = new ServerRepository(directory.resolve("server"));
        source = open(new GitRemote(server.url(), "test"));
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void theFirstLookFollowsTheBranch() {
        CommitId first = server.commit("test", "Add orders", Map.of("jobs/a.yaml", "name: a"));

        Advanced advanced = advanced(source.fetch());

        assertEquals(first, advanced.tree().commit());
        assertEquals(
                new CommitInfo(
                        first,
                        "Ann Author <ann@example.com>",
                        Instant.ofEpochSecond(1_772_000_060),
                        "Add orders"),
                advanced.head());
        assertEquals("name: a", text(advanced.tree(), "jobs/a.yaml"));
        assertEquals(Optional.of(NOW), source.lastContact());
    }

    @Test
    void aBranchThatDidNotMoveIsUnchangedAlsoAfterARestart() {
        CommitId first = server.commit("test", "one", Map.of("a", "1"));
        source.fetch();

        assertEquals(new Unchanged(first), source.fetch());
        reopen();
        assertEquals(new Unchanged(first), source.fetch());
        assertEquals("1", text(source.tree(first), "a"));
    }

    @Test
    void commitsInBetweenAreNamedOldestFirst() {
        server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        server.commit("test", "two", Map.of("a", "2"));
        server.commit("test", "three", Map.of("a", "3"));
        CommitId head = server.commit("test", "four", Map.of("a", "4"));

        Advanced advanced = advanced(source.fetch());

        assertEquals(head, advanced.head().commit());
        assertEquals(
                List.of("two", "three"),
                advanced.between().stream().map(CommitInfo::subject).toList());
    }

    @Test
    void rewrittenHistoryFreezesTheBranchUntilItDescendsAgain() {
        CommitId good = server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        CommitId other = server.rewrite("test", "unrelated", Map.of("a", "2"));

        Refused refused = refused(Refusal.NOT_FAST_FORWARD, source.fetch());
        refused(Refusal.NOT_FAST_FORWARD, source.fetch());

        assertEquals(Optional.of(other), refused.offered());
        assertEquals(Optional.of(good), source.followed());
        assertEquals("1", text(source.tree(good), "a"));
        server.move("test", good);
        CommitId next = server.commit("test", "two", Map.of("a", "3"));
        assertEquals(next, advanced(source.fetch()).head().commit());
    }

    @Test
    void aRewindToAnOlderCommitIsNotFollowed() {
        CommitId old = server.commit("test", "one", Map.of("a", "1"));
        CommitId good = server.commit("test", "two", Map.of("a", "2"));
        source.fetch();
        server.move("test", old);

        refused(Refusal.NOT_FAST_FORWARD, source.fetch());

        assertEquals(Optional.of(good), source.followed());
    }

    @Test
    void aPersonMayPermitExactlyOneOtherCommit() {
        server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        CommitId other = server.rewrite("test", "unrelated", Map.of("a", "2"));

        source.permit(new CommitId("0".repeat(40)));
        refused(Refusal.NOT_FAST_FORWARD, source.fetch());
        source.permit(other);

        assertEquals(other, advanced(source.fetch()).head().commit());
    }

    @Test
    void aPermissionIsUsedUpByFollowingIt() {
        CommitId old = server.commit("test", "one", Map.of("a", "1"));
        server.commit("test", "two", Map.of("a", "2"));
        source.fetch();
        server.move("test", old);
        source.permit(old);
        source.fetch();
        CommitId next = server.commit("test", "three", Map.of("a", "3"));
        source.fetch();
        server.move("test", old);

        refused(Refusal.NOT_FAST_FORWARD, source.fetch());

        assertEquals(Optional.of(next), source.followed());
    }

    @Test
    void aDeletedBranchFreezesWhatWasFollowed() {
        CommitId good = server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        server.delete("test");

        Refused refused = refused(Refusal.BRANCH_MISSING, source.fetch());

        assertTrue(refused.text().contains(good.brief()), refused::text);
        assertEquals(Optional.of(good), source.followed());
        assertEquals("1", text(source.tree(good), "a"));
    }

    @Test
    void anEmptyRepositoryHasNoBranch() {
        refused(Refusal.BRANCH_MISSING, source.fetch());

        assertEquals(Optional.empty(), source.followed());
    }

    @Test
    void aServerOutOfReachIsUnreachableSinceItFirstFailed() throws IOException {
        server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        Files.move(server.directory(), directory.resolve("away"));

        Unreachable first = assertInstanceOf(Unreachable.class, source.fetch());
        Unreachable second = assertInstanceOf(Unreachable.class, source.fetch());

        assertEquals(NOW, first.since());
        assertEquals(NOW, second.since());
        Files.move(directory.resolve("away"), server.directory());
        assertInstanceOf(Unchanged.class, source.fetch());
    }

    @Test
    void linksAndSubmodulesAreNamedAndNotFollowed() {
        String module = "3f2a91c0".repeat(5);
        server.commit(
                "test",
                "odd",
                Map.of("file", "x", "out", "120000:/etc/passwd", "sub", "160000:" + module));

        Tree tree = advanced(source.fetch()).tree();

        assertEquals(Kind.FILE, tree.entries().get("file").kind());
        assertEquals(Kind.SYMLINK, tree.entries().get("out").kind());
        assertEquals(Kind.SUBMODULE, tree.entries().get("sub").kind());
        assertThrows(IllegalArgumentException.class, () -> tree.read("out", 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".git", "."})
    void aTreeWithANameThatGitForbidsIsRefused(String name) {
        CommitId good = server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        String blob = server.git("x", "hash-object", "-w", "--stdin");
        String tree = server.git("100644 blob " + blob + "\t" + name + "\n", "mktree");
        String commit = server.git(
                "odd",
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "commit-tree",
                tree,
                "-p",
                good.hash());
        server.move("test", new CommitId(commit));

        refused(Refusal.DAMAGED, source.fetch());

        assertEquals(Optional.of(good), source.followed());
    }

    @Test
    void aFileIsMeasuredBeforeItIsRead() {
        server.commit("test", "large", Map.of("large", "x".repeat(5000)));

        Tree tree = advanced(source.fetch()).tree();

        assertEquals(5000, tree.entries().get("large").size());
        assertThrows(Tree.TooLarge.class, () -> tree.read("large", 4999));
        assertEquals(5000, tree.read("large", 5000).length);
    }

    @Test
    void changedPathsAreThoseAddedRemovedOrChanged() {
        CommitId one = server.commit("test", "one", Map.of("a", "1", "b", "1", "d/c", "1"));
        CommitId two = server.commit("test", "two", Map.of("a", "2", "d/e", "1"));
        source.fetch();

        assertEquals(new TreeSet<>(List.of("a", "d/e")), source.changedPaths(one, two));
        assertEquals(new TreeSet<>(), source.changedPaths(one, one));
    }

    @Test
    void aCrashBeforeTheJournalKnewTellsTheAdvanceAgain() {
        CommitId one = server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        CommitId two = server.commit("test", "two", Map.of("a", "2"));
        source.fetch();
        reopen();

        source.resumeFrom(one);

        assertEquals(two, advanced(source.fetch()).head().commit());
    }

    @Test
    void aLostCopyDoesNotOpenTheWayForRewrittenHistory() throws IOException {
        CommitId good = server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        source.close();
        LocalCopy.delete(directory.resolve("data/git"));
        server.rewrite("test", "unrelated", Map.of("a", "2"));
        source = open(new GitRemote(server.url(), "test"));

        source.resumeFrom(good);

        refused(Refusal.NOT_FAST_FORWARD, source.fetch());
        server.move("test", good);
        assertEquals(new Unchanged(good), source.fetch());
    }

    @Test
    void aBrokenCopyIsMadeAnew() throws IOException {
        CommitId one = server.commit("test", "one", Map.of("a", "x".repeat(3000)));
        source.fetch();
        source.close();
        breakPacks(directory.resolve("data/git"));
        source = open(new GitRemote(server.url(), "test"));

        assertThrows(GitException.class, () -> text(source.tree(one), "a"));
        assertEquals(new Unchanged(one), source.fetch());

        assertEquals(3000, text(source.tree(one), "a").length());
    }

    @Test
    void whoeverReadsABrokenCopyGoesOnWhileItIsMadeAnew() throws IOException {
        CommitId one = server.commit("test", "one", Map.of("a", "x".repeat(3000)));
        Tree before = advanced(source.fetch()).tree();
        breakPacks(directory.resolve("data/git"));
        try (GitSource other = open(new GitRemote(server.url(), "test"))) {
            assertThrows(GitException.class, () -> text(other.tree(one), "a"));

            assertEquals(new Unchanged(one), other.fetch());

            assertEquals(3000, text(other.tree(one), "a").length());
            assertEquals(3000, text(before, "a").length());
            assertEquals(List.of("git"), foldersOf("git"));
        }
    }

    @Test
    void aBrokenCopyStaysAsItIsUntilTheServerGivesAnother() throws IOException {
        CommitId one = server.commit("test", "one", Map.of("a", "x".repeat(3000)));
        source.fetch();
        source.close();
        Set<Path> sound = packs(directory.resolve("data/git")).keySet();
        source = open(new GitRemote(server.url(), "test"));
        CommitId two = server.commit("test", "two", Map.of("a", "y".repeat(4000)));
        source.fetch();
        source.close();
        breakPacks(directory.resolve("data/git"), sound);
        source = open(new GitRemote(server.url(), "test"));
        assertThrows(GitException.class, () -> text(source.tree(two), "a"));
        Files.move(server.directory(), directory.resolve("away"));

        assertInstanceOf(Unreachable.class, source.fetch());

        assertEquals(3000, text(source.tree(one), "a").length());
        Files.move(directory.resolve("away"), server.directory());
        assertEquals(new Unchanged(two), source.fetch());
        assertEquals(4000, text(source.tree(two), "a").length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/sluice/offered.lock", "refs/sluice/followed.lock"})
    void theLockOfAKilledProcessIsToldAndGoneSoon(String name) throws IOException {
        server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        CommitId next = server.commit("test", "two", Map.of("a", "2"));
        Path lock = Files.createFile(directory.resolve("data/git").resolve(name));

        Fetched held = source.fetch();
        assertInstanceOf(Unreachable.class, held, held::toString);
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(11)));

        assertEquals(next, advanced(source.fetch()).head().commit());
    }

    @Test
    void aBrokenServerChangesNothingAndHeals() throws IOException {
        CommitId good = server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        CommitId next = server.commit("test", "two", Map.of("a", "y".repeat(3000)));
        server.git("", "repack", "-adq");
        Map<Path, byte[]> sound = packs(server.directory());
        breakPacks(server.directory());

        Fetched fetched = source.fetch();

        assertTrue(fetched instanceof Refused || fetched instanceof Unreachable, fetched::toString);
        assertEquals(Optional.of(good), source.followed());
        assertEquals("1", text(source.tree(good), "a"));
        for (Map.Entry<Path, byte[]> pack : sound.entrySet()) {
            Files.write(pack.getKey(), pack.getValue());
        }
        assertEquals(next, advanced(source.fetch()).head().commit());
    }

    @Test
    void aCommitWithTooManyBytesIsRefusedAndNotAskedForAgain() {
        GitLimits small = limits(1 << 20, 100_000, 1000);
        restart(new GitRemote(server.url(), "test", small, GitCredentials.NONE));
        CommitId good = server.commit("test", "one", Map.of("a", "1"));
        source.fetch();
        server.commit("test", "large", Map.of("large", "z".repeat(100_001)));

        refused(Refusal.TOO_LARGE, source.fetch());
        refused(Refusal.TOO_LARGE, source.fetch());

        assertEquals(Optional.of(good), source.followed());
    }

    @Test
    void aFetchWithTooManyBytesIsRefused() {
        restart(new GitRemote(
                server.url(), "test", limits(2000, 100_000, 1000), GitCredentials.NONE));
        StringBuilder noise = new StringBuilder();
        new java.util.Random(1).ints(5000, 33, 126).forEach(c -> noise.append((char) c));
        server.commit("test", "one", Map.of("a", noise.toString()));

        Refused refused = refused(Refusal.TOO_LARGE, source.fetch());

        assertTrue(refused.text().contains("2000 bytes"), refused::text);
    }

    @Test
    void aTreeWithTooManyFilesIsRefused() {
        restart(new GitRemote(
                server.url(), "test", limits(1 << 20, 100_000, 2), GitCredentials.NONE));
        server.commit("test", "many", Map.of("a", "1", "b", "1", "c", "1"));

        refused(Refusal.TOO_LARGE, source.fetch());
    }

    private static GitLimits limits(long packBytes, long objectBytes, int files) {
        return new GitLimits(
                packBytes, objectBytes, files, Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    private GitSource open(GitRemote remote) {
        return GitSource.open(directory.resolve("data"), remote, CLOCK);
    }

    private void reopen() {
        restart(new GitRemote(server.url(), "test"));
    }

    private void restart(GitRemote remote) {
        source.close();
        source = open(remote);
    }

    private static Advanced advanced(Fetched fetched) {
        return assertInstanceOf(Advanced.class, fetched);
    }

    private static Refused refused(Refusal reason, Fetched fetched) {
        Refused refused = assertInstanceOf(Refused.class, fetched);
        assertEquals(reason, refused.reason(), refused::text);
        return refused;
    }

    private static String text(Tree tree, String path) {
        return new String(tree.read(path, 100_000), StandardCharsets.UTF_8);
    }

    private static Map<Path, byte[]> packs(Path repository) throws IOException {
        Map<Path, byte[]> found = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.list(repository.resolve("objects/pack"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".pack")).toList()) {
                found.put(file, Files.readAllBytes(file));
            }
        }
        return found;
    }

    private List<String> foldersOf(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }
    }

    private static void breakPacks(Path repository) throws IOException {
        breakPacks(repository, Set.of());
    }

    /** Overwrites the middle of every other pack, leaving its header and its index as they are. */
    private static void breakPacks(Path repository, Set<Path> others) throws IOException {
        for (Path pack : packs(repository).keySet()) {
            if (others.contains(pack)) {
                continue;
            }
            Files.setPosixFilePermissions(
                    pack, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            try (RandomAccessFile bytes = new RandomAccessFile(pack.toFile(), "rw")) {
                for (long at = 12; at < bytes.length() - 20; at++) {
                    bytes.seek(at);
                    bytes.write(0x55);
                }
            }
        }
    }
}
