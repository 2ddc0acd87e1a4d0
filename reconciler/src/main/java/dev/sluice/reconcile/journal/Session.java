// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One connection inside one transaction. Values go in as parameters only; an empty Optional is a
 * NULL, an Instant its epoch milliseconds, an enum its name, anything else its text.
 */
record Session(Connection connection) {
    /** Makes one value of one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return List.copyOf(found);
            }
        }
    }

    <T> Optional<T> first(String sql, RowReader<T> reader, Object... parameters)
            throws SQLException {
        return query(sql, reader, parameters).stream().findFirst();
    }

    boolean exists(String sql, Object... parameters) throws SQLException {
        return first(sql, row -> true, parameters).isPresent();
    }

    int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** Inserts one row and answers its row id. */
    long insert(String sql, Object... parameters) throws SQLException {
        update(sql, parameters);
        return first("SELECT last_insert_rowid()", row -> row.getLong(1)).orElseThrow();
    }

    /** Runs a script of several statements without parameters. */
    void script(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters)
            throws SQLException {
        for (int index = 0; index < parameters.length; index++) {
            bind(statement, index + 1, parameters[index]);
        }
    }

    private static void bind(PreparedStatement statement, int position, Object value)
            throws SQLException {
        if (value instanceof Optional<?> optional) {
            if (optional.isEmpty()) {
                statement.setObject(position, null);
                return;
            }
            bind(statement, position, optional.get());
            return;
        }
        if (value instanceof Number number) {
            statement.setLong(position, number.longValue());
            return;
        }
        if (value instanceof Instant instant) {
            statement.setLong(position, instant.toEpochMilli());
            return;
        }
        statement.setString(position, value.toString());
    }
}
