// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.act;
import static dev.sluice.reconcile.journal.Samples.record;
import static dev.sluice.reconcile.journal.Samples.stop;
import static dev.sluice.reconcile.journal.Samples.stopping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTest {
    @TempDir
    private Path directory;

    private Journal journal;

    @BeforeEach
    void write() {
        journal = Journal.open(directory);
        Leadership leading = journal.acquire("one", Duration.ofMinutes(1), NOW);
        FencingToken token = ((Leadership.Leading) leading).token();
        long intent = journal.intend(token, act(record(stopping()), stop()), COMMIT, NOW);
        journal.complete(intent, record(stopping()), new Outcome.Done(Evidence.NONE), NOW);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void anUntouchedHistoryIsIntact() {
        ChainCheck.Intact intact = assertInstanceOf(ChainCheck.Intact.class, journal.verifyChain());

        assertEquals(6, intact.rows());
    }

    @Test
    void theFileItselfRefusesToChangeHistory() {
        assertThrows(SQLException.class, () -> run("UPDATE intent SET reason = 'InSync'"));
        assertThrows(SQLException.class, () -> run("DELETE FROM outcome"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE intent SET commit_hash = '0000000000000000000000000000000000000000'",
                "UPDATE outcome SET word = 'Failed'",
                "UPDATE event SET text = 'nothing happened'",
                "UPDATE state_ledger SET status = 'GONE' WHERE id = 1",
                "DELETE FROM state_ledger WHERE id = 2",
                "DELETE FROM chain WHERE seq = 2",
                "DELETE FROM chain WHERE seq = (SELECT max(seq) FROM chain)",
                "UPDATE chain SET digest = hash WHERE seq = 2",
                "INSERT INTO event (word, text, at) VALUES ('x', 'made up', 0)"
            })
    void whoeverChangesHistoryByForceIsFoundOut(String change) throws SQLException {
        run("DROP TRIGGER intent_kept");
        run("DROP TRIGGER outcome_kept");
        run("DROP TRIGGER event_kept");
        run("DROP TRIGGER state_ledger_kept");
        run("DROP TRIGGER state_ledger_stays");
        run("DROP TRIGGER chain_kept");
        run("DROP TRIGGER chain_stays");

        run(change);

        ChainCheck check = journal.verifyChain();
        assertTrue(check instanceof ChainCheck.Broken, check::toString);
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
