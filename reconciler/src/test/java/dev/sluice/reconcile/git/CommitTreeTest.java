// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.reconcile.git.Fetched.Advanced;
import dev.sluice.spec.read.Tree;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTreeTest {
    private static final List<String> PATHS =
            List.of("a", "a/b", "a/b/c", "a.b", "a-b/c", "b", "c/d/e", "c/d/f", "c/g");
    private static final List<String> CONTENTS =
            List.of("", "1", "2", "120000:a", "120000:/etc", "160000:" + "3f2a91c0".repeat(5));

    @TempDir
    private Path directory;

    @Test
    void readingOnlyWhatDiffersGivesWhatReadingAllGives() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ServerRepository server = new ServerRepository(directory.resolve("server"));
        GitRemote remote = new GitRemote(server.url(), "test");
        try (GitSource source =
                GitSource.open(directory.resolve("data"), remote, Clock.systemUTC())) {
            for (int round = 0; round < 25; round++) {
                server.commit("test", "round " + round, changes(random));

                Tree fetched = assertInstanceOf(Advanced.class, source.fetch()).tree();

                assertEquals(
                        whole(fetched, remote), fetched.entries(), "seed " + seed + " " + round);
            }
        }
    }

    private Object whole(Tree tree, GitRemote remote) {
        try (GitSource fresh =
                GitSource.open(directory.resolve("data"), remote, Clock.systemUTC())) {
            return fresh.tree(tree.commit()).entries();
        }
    }

    /** A few files, links and submodules, now and then a file where a folder was. */
    private static TreeMap<String, String> changes(Random random) {
        TreeMap<String, String> changes = new TreeMap<>();
        for (int change = 0; change < 3; change++) {
            String path = PATHS.get(random.nextInt(PATHS.size()));
            boolean isFree = changes.keySet().stream()
                    .noneMatch(
                            other -> other.startsWith(path + "/") || path.startsWith(other + "/"));
            if (isFree) {
                changes.put(path, CONTENTS.get(random.nextInt(CONTENTS.size())));
            }
        }
        changes.put("round", Integer.toString(random.nextInt()));
        return changes;
    }
}
