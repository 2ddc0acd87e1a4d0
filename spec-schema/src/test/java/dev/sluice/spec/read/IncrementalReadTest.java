// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.CommitId;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An incremental reading equals a full one, and reads only what changed. */
class IncrementalReadTest {
    private static final SpecReader READER = new SpecReader();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void manyRandomCommitsOfASmallRepository(long seed) {
        RandomRepository repository = new RandomRepository(seed, 12);
        Optional<CommitReading> previous = Optional.empty();
        for (int i = 0; i < 80; i++) {
            Tree commit = repository.commit();

            CommitReading incremental = READER.read(commit, "test", previous);

            assertSame(READER.read(commit, "test", Optional.empty()), incremental);
            previous = Optional.of(incremental);
            repository.edit();
        }
    }

    @Test
    void randomCommitsOfTenThousandJobs() {
        RandomRepository repository = new RandomRepository(99, 10_000);
        CommitReading previous = READER.read(repository.commit(), "test", Optional.empty());
        assertTrue(previous.jobs().size() > 2_000, "valid: " + previous.jobs().size());
        for (int i = 0; i < 3; i++) {
            repository.edit();
            Tree commit = repository.commit();

            CommitReading incremental = READER.read(commit, "test", Optional.of(previous));

            assertSame(READER.read(commit, "test", Optional.empty()), incremental);
            previous = incremental;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000})
    void aChangeOfOneJobReadsTheFilesOfThatJobHoweverManyThereAre(int jobs) {
        EditableTree files = new EditableTree();
        BaseRepository.tree().entries().keySet().forEach(path -> files.put(path, text(path)));
        for (int i = 0; i < jobs; i++) {
            String job = BaseRepository.JOB.replace("name: orders", "name: job-" + i);
            files.put("jobs/many/" + i + "/job.yaml", job);
            files.put("jobs/many/" + i + "/job.sql", BaseRepository.SQL);
        }
        CommitReading first = READER.read(files.at(commit(1)), "test", Optional.empty());
        files.put("jobs/many/7/job.sql", "INSERT INTO other SELECT * FROM orders;\n");
        CountingTree counting = new CountingTree(files.at(commit(2)));

        CommitReading second = READER.read(counting, "test", Optional.of(first));

        assertEquals(jobs + 1, second.jobs().size());
        assertEquals(2, counting.reads(), "its job.yaml and its job.sql");
    }

    private static String text(String path) {
        return new String(
                BaseRepository.tree().read(path, 1 << 20), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static CommitId commit(int number) {
        return new CommitId(String.format("%040x", number));
    }

    private static void assertSame(CommitReading full, CommitReading incremental) {
        assertIterableEquals(full.findings(), incremental.findings());
        assertEquals(full.jobs(), incremental.jobs());
        assertEquals(full.invalid(), incremental.invalid());
        assertEquals(full.unreadable(), incremental.unreadable());
        assertEquals(full.environment(), incremental.environment());
        assertEquals(full.repositoryId(), incremental.repositoryId());
        assertEquals(full.usage(), incremental.usage());
    }

    private static final class CountingTree implements Tree {
        private final Tree tree;
        private int reads;

        CountingTree(Tree tree) {
            this.tree = tree;
        }

        int reads() {
            return reads;
        }

        @Override
        public CommitId commit() {
            return tree.commit();
        }

        @Override
        public SortedMap<String, Entry> entries() {
            return tree.entries();
        }

        @Override
        public byte[] read(String path, int maximumBytes) {
            reads++;
            return tree.read(path, maximumBytes);
        }
    }
}
