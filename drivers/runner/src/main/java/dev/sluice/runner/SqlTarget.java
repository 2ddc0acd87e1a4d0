// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

/** Where the statements of a script go: Flink's table environment, or a recording in tests. */
public interface SqlTarget {
    void set(String key, String value);

    /** Runs a statement that starts no job. */
    void define(String statement);

    /** Adds an INSERT to the one job of the script. */
    void insert(String statement);

    /** Looks at an INSERT by itself, as if it were the whole job; fails with what is wrong with it. */
    default void look(String statement) {
        insert(statement);
    }
}
