// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/**
 * Reads the journal's file with statements of its own, while a controller writes to it. A step is
 * meant from its intent until it is known to be done or to have failed: then nobody asks for it again.
 */
final class JournalWitness {
    private static final String OPEN =
            " AND NOT EXISTS (SELECT 1 FROM outcome WHERE outcome.intent ="
                    + " intent.id AND word IN ('Done', 'Failed'))";

    private final Path file;

    JournalWitness(Path data) {
        this.file = requireNonNull(data, "data is null").resolve("journal.db");
    }

    boolean meansToStop(String job, String trigger) {
        return 0
                < count(
                        "SELECT count(*) FROM intent WHERE step = 'StopWithSavepoint' AND job_id = ?"
                                + " AND trigger_id = ?" + OPEN,
                        job,
                        trigger);
    }

    boolean means(String step, String job) {
        return 0
                < count(
                        "SELECT count(*) FROM intent WHERE step = ? AND job_id = ?" + OPEN,
                        step,
                        job);
    }

    boolean knowsDirectory(String directory) {
        return 0 < count("SELECT count(*) FROM intent WHERE directory = ?", directory);
    }

    /** Everything that was ever meant. */
    int intents() {
        return count("SELECT count(*) FROM intent");
    }

    private int count(String sql, String... values) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(5_000);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setString(index + 1, values[index]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
