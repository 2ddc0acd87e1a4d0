// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Small facts by name, each replaced by a newer one: when a schedule was due, where a cluster is. */
public final class Facts implements FactMemory {
    private static final String PREFIX = "fact/";

    private final Database database;

    Facts(Database database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public SortedMap<String, String> all(String prefix) {
        String from = PREFIX + prefix;
        TreeMap<String, String> facts = new TreeMap<>();
        database.read(session -> session.query(
                "SELECT name, value FROM meta WHERE substr(name, 1, ?) = ?",
                row -> {
                    facts.put(row.getString(1).substring(PREFIX.length()), row.getString(2));
                    return true;
                },
                from.length(),
                from));
        return Collections.unmodifiableSortedMap(facts);
    }

    @Override
    public void keep(String name, String text) {
        database.write(session -> session.update(
                "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name)"
                        + " DO UPDATE SET value = excluded.value",
                PREFIX + name,
                text));
    }

    @Override
    public void forget(String name) {
        database.write(session -> session.update("DELETE FROM meta WHERE name = ?", PREFIX + name));
    }

    /** The journal's name; empty where no journal was ever opened, as in an empty file. */
    static Optional<String> knownIdentity(Database database) {
        return database.read(session -> {
            boolean isJournal = session.first(
                            "SELECT 1 FROM sqlite_schema WHERE name = 'meta'", row -> row.getInt(1))
                    .isPresent();
            return isJournal
                    ? session.first(
                            "SELECT value FROM meta WHERE name = 'id'", row -> row.getString(1))
                    : Optional.empty();
        });
    }

    /** A name for this journal that no other has, made when it is first asked for. */
    static String identity(Database database) {
        return database.write(session -> {
            session.update(
                    "INSERT INTO meta (name, value) VALUES ('id', ?) ON CONFLICT DO NOTHING",
                    UUID.randomUUID());
            return session.first(
                            "SELECT value FROM meta WHERE name = 'id'", row -> row.getString(1))
                    .orElseThrow();
        });
    }
}
