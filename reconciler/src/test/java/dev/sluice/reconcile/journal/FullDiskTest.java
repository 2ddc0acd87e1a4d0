// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.act;
import static dev.sluice.reconcile.journal.Samples.pointer;
import static dev.sluice.reconcile.journal.Samples.record;
import static dev.sluice.reconcile.journal.Samples.stop;
import static dev.sluice.reconcile.journal.Samples.stopping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.JournalException.Problem;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a file system that runs full, where this process may mount one. */
class FullDiskTest {
    private static final JobRecord STOPPED = record(new Phase.Stopped(Samples.from(9), NOW));
    private static final Outcome DONE =
            new Outcome.Done(Evidence.of(pointer(1, 9)).with("detail", "x".repeat(100_000)));

    @TempDir
    private Path directory;

    private Path data;
    private Disk disk;
    private Journal journal;
    private FencingToken token;

    @BeforeEach
    void open() throws Exception {
        data = Files.createDirectory(directory.resolve("data"));
        disk = Disk.at(data);
        journal = Journal.open(data);
        Leadership leading = journal.acquire("one", Duration.ofHours(1), NOW);
        token = ((Leadership.Leading) leading).token();
    }

    @AfterEach
    void close() throws Exception {
        journal.close();
        disk.close();
    }

    @Test
    void anIntentThatFindsNoRoomIsNotThereAndIsStoredOnceThereIsRoom() throws Exception {
        JobRecord large = record(new Phase.Blocked(
                Reason.StateUnknown,
                "x".repeat(100_000),
                "",
                new Phase.Absent(),
                Optional.empty(),
                NOW));
        disk.fill(journal);

        JournalException full = assertThrows(
                JournalException.class,
                () -> journal.intend(token, act(large, stop()), COMMIT, NOW));

        assertEquals(Problem.FULL, full.problem(), full::getMessage);
        assertEquals(List.of(), journal.history(KEY, 10));
        disk.free(journal);
        journal.intend(token, act(large, stop()), COMMIT, NOW);
        assertEquals(large, journal.record(KEY));
        assertInstanceOf(ChainCheck.Intact.class, journal.verifyChain());
    }

    @Test
    void aSavepointThatFindsNoRoomInTheJournalWaitsInAFileAndIsStoredAtTheNextStart()
            throws Exception {
        long intent = journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW);
        disk.fill(journal);

        JournalException full = assertThrows(
                JournalException.class, () -> journal.complete(intent, STOPPED, DONE, NOW));

        assertEquals(Problem.FULL, full.problem(), full::getMessage);
        Path note = data.resolve("emergency-" + intent + ".json");
        assertTrue(Files.readString(note).contains(pointer(1, 9).path()));
        disk.free(journal);
        journal.close();
        journal = Journal.open(data);
        assertEquals(STOPPED, journal.record(KEY));
        assertEquals(pointer(1, 9), journal.states(KEY).get(0).pointer());
        assertInstanceOf(ChainCheck.Intact.class, journal.verifyChain());
    }
}
