// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPlacesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (x INT) WITH ('a' = 'b', 'password' = '${secret:p}')",
                "CREATE CATALOG c WITH ('url' = 'jdbc:x?password=${secret:p}')",
                "CREATE TABLE t (x AS CAST(1 AS INT)) COMMENT 'it''s' WITH ('p' = '${secret:p}')",
                "INSERT INTO t SELECT 'no secret'",
            })
    void anOptionMayHoldOne(String statement) {
        assertEquals(-1, place(statement));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t SELECT '${secret:p}' FROM s",
                "INSERT INTO t SELECT * FROM s /*+ OPTIONS('p' = '${secret:p}') */",
                "CREATE VIEW v AS SELECT * FROM s WHERE token = '${secret:p}'",
                "CREATE TABLE t (x AS '${secret:p}') WITH ('a' = 'b')",
                "CREATE TABLE t WITH ('a' = 'b') AS SELECT '${secret:p}'",
                "CREATE TABLE t (x INT) COMMENT '${secret:p}' WITH ('a' = 'b')",
                "SET 'a' = '${secret:p}'",
            })
    void anythingThatFlinkShowsMayNot(String statement) {
        assertEquals(statement.indexOf("${secret:"), place(statement));
    }

    private static int place(String statement) {
        return SecretPlaces.firstOutsideOfOptions(SqlStatement.split(statement).get(0));
    }
}
