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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.journal.LedgerEntry.Status;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Instant LATER = NOW.plus(Duration.ofDays(100));
    private static final int STEPS = 60;

    @TempDir
    private Path directory;

    private Journal journal;

    /** Many old steps; each fifth one has proven a pointer, and half of those are gone since. */
    @BeforeEach
    void write() {
        journal = Journal.open(directory);
        Leadership leading = journal.acquire("one", Duration.ofDays(1), NOW);
        FencingToken token = ((Leadership.Leading) leading).token();
        for (int step = 1; step <= STEPS; step++) {
            long intent = journal.intend(token, act(record(stopping()), start(step)), COMMIT, NOW);
            Evidence evidence =
                    step % 5 == 0 ? Evidence.of(pointer(step, step)) : Evidence.of("step", "done");
            journal.complete(intent, record(stopping()), new Outcome.Done(evidence), NOW);
            journal.note(
                    new Event(Optional.of(KEY), "Word" + step, "text", Optional.of(COMMIT), NOW));
            if (step % 10 == 0) {
                journal.mark(KEY, List.of(pointer(step, step)), Status.GONE, "deleted", NOW);
            }
        }
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void whatIsOldAndNeededByNobodyIsRemoved() {
        long removed = journal.prune(NOW.plusSeconds(1), LATER);

        assertTrue(removed > STEPS, "removed " + removed);
        assertEquals(1, journal.events(10).size());
        assertTrue(journal.history(KEY, STEPS).size() < STEPS);
        assertEquals(0, journal.prune(NOW.plusSeconds(1), LATER));
    }

    @Test
    void noPointerThatMayStillBeThereIsRemoved() {
        List<LedgerEntry> live = live();

        journal.prune(LATER, LATER);

        assertEquals(live, live());
        assertTrue(live.size() > 3);
    }

    @Test
    void aPointerThatARecordNamesStaysEvenIfItIsSaidToBeGone() {
        StatePointer named = record(stopping()).lineage().get(0);
        journal.mark(KEY, List.of(named), Status.GONE, "deleted", NOW);

        journal.prune(LATER, LATER);

        assertTrue(
                journal.states(KEY).stream().anyMatch(entry -> entry.pointer().equals(named)));
    }

    @Test
    void theNewestStepsOfAJobAndThoseThatProvedAPointerStay() {
        List<HistoryEntry> before = journal.history(KEY, STEPS);

        journal.prune(LATER, LATER);

        List<HistoryEntry> after = journal.history(KEY, STEPS);
        assertEquals(before.subList(0, 20), after.subList(0, 20));
        List<Long> kept = after.stream().map(HistoryEntry::intent).toList();
        assertTrue(kept.contains(5L) && kept.contains(15L), kept::toString);
        assertTrue(after.stream().noneMatch(HistoryEntry::isOpen));
    }

    @Test
    void aRowWrittenAfterwardsIsNotTakenForOneThatWasRemoved() {
        journal.prune(LATER, LATER);
        journal.note(new Event(Optional.of(KEY), "New", "text", Optional.of(COMMIT), LATER));
        journal.prune(LATER.minusSeconds(1), LATER);
        journal.note(new Event(Optional.of(KEY), "Newer", "text", Optional.of(COMMIT), LATER));

        ChainCheck check = journal.verifyChain();
        assertInstanceOf(ChainCheck.Intact.class, check, check::toString);
    }

    @Test
    void theChainIsAsVerifiableAsBefore() {
        String head = ((ChainCheck.Intact) journal.verifyChain()).head();

        journal.prune(LATER, LATER);

        assertInstanceOf(ChainCheck.Intact.class, journal.verifyChain());
        assertTrue(journal.remembers(head));
    }

    @Test
    void whatIsYoungStays() {
        long rows = journal.history(KEY, STEPS).size();

        long removed = journal.prune(NOW.minusSeconds(1), LATER);

        assertEquals(0, removed);
        assertEquals(rows, journal.history(KEY, STEPS).size());
    }

    @Test
    void aRowRemovedByForceAmongThoseThatRetentionKeptIsFoundOut() throws SQLException {
        journal.prune(LATER, LATER);

        run("DROP TRIGGER state_ledger_stays; DELETE FROM state_ledger"
                + " WHERE id = (SELECT min(id) FROM state_ledger)");

        ChainCheck check = journal.verifyChain();
        assertTrue(check instanceof ChainCheck.Broken, check::toString);
    }

    @Test
    void theFileItselfRefusesToLoseARowThatRetentionHasNotNamed() {
        assertThrows(SQLException.class, () -> run("DELETE FROM event WHERE id = 1"));
        assertThrows(SQLException.class, () -> run("DELETE FROM state_ledger WHERE id = 1"));
    }

    private List<LedgerEntry> live() {
        return journal.states(KEY).stream()
                .filter(entry -> entry.status() == Status.LIVE)
                .toList();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
