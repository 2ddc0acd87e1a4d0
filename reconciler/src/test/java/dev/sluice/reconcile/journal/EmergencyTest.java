// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.ID;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.act;
import static dev.sluice.reconcile.journal.Samples.pointer;
import static dev.sluice.reconcile.journal.Samples.record;
import static dev.sluice.reconcile.journal.Samples.start;
import static dev.sluice.reconcile.journal.Samples.stop;
import static dev.sluice.reconcile.journal.Samples.stopping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.JournalException.Problem;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk, played by SQLite's page limit. */
class EmergencyTest {
    private static final JobRecord STOPPED = record(new Phase.Stopped(Samples.from(9), NOW));
    private static final Outcome DONE =
            new Outcome.Done(Evidence.of(pointer(1, 9)).with("detail", "x".repeat(100_000)));

    @TempDir
    private Path directory;

    private Journal journal;
    private FencingToken token;

    @BeforeEach
    void open() {
        journal = Journal.open(directory);
        Leadership leading = journal.acquire("one", Duration.ofHours(1), NOW);
        token = ((Leadership.Leading) leading).token();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void anIntentThatDoesNotFitIsNotThere() {
        fillTheDisk();
        JobRecord large = record(new Phase.Blocked(
                Reason.StateUnknown,
                "x".repeat(100_000),
                "",
                new Phase.Absent(),
                Optional.empty(),
                NOW));

        JournalException full = assertThrows(
                JournalException.class,
                () -> journal.intend(token, act(large, stop()), COMMIT, NOW));

        assertEquals(Problem.FULL, full.problem());
        assertEquals(List.of(), journal.history(KEY, 10));
        assertEquals(JobRecord.fresh(KEY), journal.record(KEY));
    }

    @Test
    void anOutcomeThatDoesNotFitWaitsInAFileAndIsStoredAtTheNextOpen() throws IOException {
        long intent = failToComplete();

        Path note = directory.resolve("emergency-" + intent + ".json");
        assertTrue(Files.readString(note).contains(pointer(1, 9).path()));
        assertFalse(Files.exists(directory.resolve("journal.ballast")));
        reopen();

        assertEquals(STOPPED, journal.record(KEY));
        assertEquals(DONE, journal.history(KEY, 1).get(0).outcomes().get(0).outcome());
        assertEquals(pointer(1, 9), journal.states(KEY).get(0).pointer());
        assertFalse(Files.exists(note));
        assertTrue(Files.exists(directory.resolve("journal.ballast")));
    }

    @Test
    void anOutcomeStoredByALaterTryNeedsItsFileNoMore() {
        long intent = failToComplete();
        journal.limitPages(1_000_000);

        journal.complete(intent, STOPPED, DONE, NOW);

        assertFalse(Files.exists(directory.resolve("emergency-" + intent + ".json")));
    }

    @Test
    void whoeverTakesOverStoresWhatItsPredecessorCouldNot() throws IOException {
        try (Journal standby = Journal.open(directory)) {
            long intent = failToComplete();

            standby.acquire("two", Duration.ofHours(1), NOW.plusSeconds(7200));

            assertEquals(STOPPED, standby.record(KEY));
            assertFalse(Files.exists(directory.resolve("emergency-" + intent + ".json")));
        }
    }

    @Test
    void aFileThatWaitedDoesNotUndoWhatCameAfter() {
        failToComplete();
        journal.limitPages(1_000_000);
        JobRecord starting = record(new Phase.Starting(ID, Samples.from(3), NOW));
        journal.intend(token, act(starting, start(2)), COMMIT, NOW);
        reopen();

        assertEquals(starting, journal.record(KEY));
        assertEquals(pointer(1, 9), journal.states(KEY).get(0).pointer());
    }

    @Test
    void whoeverOpensTheJournalNextDoesNotStopTheOneWhoHadToWait() {
        failToComplete();
        journal.limitPages(1_000_000);
        Journal.open(directory).close();
        JobRecord starting = record(new Phase.Starting(ID, Samples.from(3), NOW));

        journal.intend(token, act(starting, start(2)), COMMIT, NOW);

        assertEquals(starting, journal.record(KEY));
        assertEquals(2, journal.history(KEY, 10).size());
    }

    @Test
    void aRestoredJournalThatLacksTheIntentStillLearnsThePointer(@TempDir Path elsewhere)
            throws IOException {
        journal.backup(elsewhere.resolve("journal.db"));
        long intent = failToComplete();
        Path note = Path.of("emergency-" + intent + ".json");
        Files.copy(directory.resolve(note), elsewhere.resolve(note));

        try (Journal restored = Journal.open(elsewhere)) {
            assertEquals(pointer(1, 9), restored.states(KEY).get(0).pointer());
            assertEquals(List.of(), restored.history(KEY, 10));
            assertTrue(restored.verifyChain() instanceof ChainCheck.Intact);
        }
        assertFalse(Files.exists(elsewhere.resolve(note)));
    }

    @Test
    void aFileThatCannotBeReadStopsTheStartInsteadOfBeingForgotten() throws IOException {
        Path note = Files.writeString(directory.resolve("emergency-7.json"), "{\"intent\":7");

        JournalException refused =
                assertThrows(JournalException.class, () -> Journal.open(directory));

        assertTrue(refused.getMessage().contains("emergency-7.json"), refused::getMessage);
        assertTrue(Files.exists(note));
    }

    private long failToComplete() {
        long intent = journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW);
        fillTheDisk();
        JournalException full = assertThrows(
                JournalException.class, () -> journal.complete(intent, STOPPED, DONE, NOW));
        assertEquals(Problem.FULL, full.problem());
        assertTrue(full.getMessage().contains("emergency-" + intent), full::getMessage);
        return intent;
    }

    private void fillTheDisk() {
        journal.limitPages(1);
    }

    private void reopen() {
        journal.close();
        journal = Journal.open(directory);
    }
}
