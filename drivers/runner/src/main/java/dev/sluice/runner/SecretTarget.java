// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

/**
 * Resolves references to secrets on the way to Flink, and lets nothing of them come back: what Flink
 * says of a statement is told again in black, without the failure it came with.
 */
final class SecretTarget implements SqlTarget {
    private final SqlTarget target;
    private final SecretValues secrets;

    SecretTarget(SqlTarget target, SecretValues secrets) {
        this.target = target;
        this.secrets = secrets;
    }

    @Override
    public void set(String key, String value) {
        target.set(key, value);
    }

    @Override
    public void define(String statement) {
        quietly(() -> target.define(secrets.resolve(statement)));
    }

    @Override
    public void insert(String statement) {
        quietly(() -> target.insert(secrets.resolve(statement)));
    }

    @Override
    public void look(String statement) {
        quietly(() -> target.look(secrets.resolve(statement)));
    }

    /** Does something whose failure may repeat a value. */
    void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | LinkageError e) {
            if (secrets.isEmpty()) {
                throw e;
            }
            throw new IllegalStateException(secrets.blacken(ScriptFailure.words(e)));
        }
    }
}
