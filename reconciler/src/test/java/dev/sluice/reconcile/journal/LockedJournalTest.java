// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.ID;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.act;
import static dev.sluice.reconcile.journal.Samples.record;
import static dev.sluice.reconcile.journal.Samples.rest;
import static dev.sluice.reconcile.journal.Samples.stop;
import static dev.sluice.reconcile.journal.Samples.stopping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.spec.JobKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedJournalTest {
    private static final JobRecord STABLE = record(new Phase.Stable(ID, NOW));

    @TempDir
    private Path directory;

    private Journal journal;
    private FencingToken token;

    @BeforeEach
    void open() {
        journal = Journal.open(directory, Duration.ofMillis(100));
        Leadership leading = journal.acquire("one", Duration.ofHours(1), NOW);
        token = ((Leadership.Leading) leading).token();
        journal.store(token, List.of(rest(STABLE, Reason.InSync)), COMMIT, NOW);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void whileAnotherProcessWritesNothingIsIntendedAndEverythingCanBeRead() throws SQLException {
        try (Connection other = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN EXCLUSIVE");

            JournalException busy = assertThrows(
                    JournalException.class,
                    () -> journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW));

            assertEquals(JournalException.Problem.BUSY, busy.problem());
            assertEquals(STABLE, journal.record(KEY));
            assertTrue(journal.isLeading(token, NOW));
            statement.executeUpdate("ROLLBACK");
        }
        journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW);
        assertEquals(1, journal.history(KEY, 10).size());
    }

    @Test
    void manyThreadsMayWriteAndReadAtOnce() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        for (int job = 0; job < 40; job++) {
            JobKey key = new JobKey("shop", "test", "team", "job-" + job);
            running.add(threads.submit(() -> {
                journal.store(
                        token, List.of(rest(JobRecord.fresh(key), Reason.FirstStart)), COMMIT, NOW);
                return journal.record(key);
            }));
            running.add(threads.submit(() -> journal.jobs()));
        }
        for (Future<?> future : running) {
            future.get();
        }
        threads.shutdown();

        assertEquals(41, journal.records().size());
        assertTrue(journal.verifyChain() instanceof ChainCheck.Intact);
    }
}
