// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.act;
import static dev.sluice.reconcile.journal.Samples.pointer;
import static dev.sluice.reconcile.journal.Samples.record;
import static dev.sluice.reconcile.journal.Samples.start;
import static dev.sluice.reconcile.journal.Samples.stopping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut leaves on the disk: the file as it was, and a log of which only a part arrived, or
 * whose last page was torn. Copies of a journal at work stand for it.
 */
class PowerLossTest {
    private static final int STEPS = 8;
    private static final int ROUNDS = 40;

    @TempDir
    private Path directory;

    private byte[] file;
    private byte[] log;

    @BeforeEach
    void copyAJournalAtWork() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        try (Journal journal = Journal.open(data)) {
            Leadership leading = journal.acquire("one", Duration.ofDays(1), NOW);
            FencingToken token = ((Leadership.Leading) leading).token();
            for (int step = 1; step <= STEPS; step++) {
                long intent =
                        journal.intend(token, act(record(stopping()), start(step)), COMMIT, NOW);
                Outcome done = new Outcome.Done(Evidence.of(pointer(step, step)));
                journal.complete(intent, record(stopping()), done, NOW);
            }
            file = Files.readAllBytes(data.resolve("journal.db"));
            log = Files.readAllBytes(data.resolve("journal.db-wal"));
        }
    }

    @Test
    void aLogThatEndsAnywhereLeavesWholeStepsAndAnIntactHistory() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int most = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int length = round == 0 ? log.length : random.nextInt(log.length);
            most = Math.max(most, steps(Arrays.copyOf(log, length), "seed " + seed));
        }

        assertEquals(STEPS, most);
    }

    @Test
    void aTornPageInTheLogEndsItThereAndDamagesNothingBefore() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] torn = log.clone();
            int at = log.length / 2 + random.nextInt(log.length / 2);
            Arrays.fill(torn, at, Math.min(log.length, at + 512), (byte) 0);

            assertTrue(steps(torn, "seed " + seed) <= STEPS);
        }
    }

    /** Opens what the cut left and answers how many steps it has, each of them whole. */
    private int steps(byte[] rest, String where) throws IOException {
        Path after = Files.createTempDirectory(directory, "after");
        Files.write(after.resolve("journal.db"), file);
        Files.write(after.resolve("journal.db-wal"), rest);
        try (Journal journal = Journal.open(after)) {
            assertInstanceOf(ChainCheck.Intact.class, journal.verifyChain(), where);
            long open = journal.history(KEY, STEPS + 1).stream()
                    .filter(HistoryEntry::isOpen)
                    .count();
            assertTrue(open <= 1, where);
            int proven = (int) journal.states(KEY).stream()
                    .filter(entry -> entry.cause().equals("outcome"))
                    .count();
            int steps = journal.history(KEY, STEPS + 1).size();
            assertTrue(proven >= steps - open - 2, where + ": " + proven + " of " + steps);
            return steps;
        }
    }
}
