// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.reconcile.journal.JournalException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables and how an older file gets them: script {@code n.sql} leads from version n-1 to n, each
 * in one transaction with its {@code user_version}. A script that was ever released never changes.
 */
final class Schema {
    static final int VERSION = 4;

    /** Brings the file to {@link #VERSION}, or refuses one that a newer Sluice has written. */
    static void migrate(Database database) {
        int found = database.write(Schema::version);
        refuseNewer(found);
        for (int next = found + 1; next <= VERSION; next++) {
            String script = script(next) + "\nPRAGMA user_version = " + next + ";";
            database.write(session -> {
                session.script(script);
                return null;
            });
        }
    }

    /** Refuses a file of any other version than this one, without changing it. */
    static void requireCurrent(Database database) {
        int found = database.read(Schema::version);
        refuseNewer(found);
        if (found < VERSION) {
            throw new JournalException(
                    Problem.OTHER,
                    "the journal has format " + found + ", this Sluice reads " + VERSION
                            + ": start the controller once, it brings the journal forward");
        }
    }

    private static void refuseNewer(int found) {
        if (found > VERSION) {
            throw new JournalException(
                    Problem.NEWER,
                    "the journal has format " + found + ", this Sluice knows up to " + VERSION
                            + ": run the version that wrote it, or a newer one");
        }
    }

    static int version(Session session) throws SQLException {
        return session.first("PRAGMA user_version", row -> row.getInt(1)).orElseThrow();
    }

    /** Refuses a damaged file. Looks at every page, not at every index entry. */
    static void check(Database database) {
        List<String> findings = database.read(
                session -> session.query("PRAGMA quick_check(3)", row -> row.getString(1)));
        if (!findings.equals(List.of("ok"))) {
            throw new JournalException(
                    Problem.CORRUPT,
                    "the journal is damaged (" + String.join("; ", findings) + "): nothing is"
                            + " started or stopped; keep the file, restore the newest backup as"
                            + " journal.db and start again");
        }
    }

    private static String script(int version) {
        try (InputStream script = Schema.class.getResourceAsStream(version + ".sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the migration is part of the program", e);
        }
    }

    private Schema() {}
}
