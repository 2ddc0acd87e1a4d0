// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

/** An invariant does not hold; an error, because the executor takes exceptions for doubt. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    Violation(String invariant, String text) {
        super(invariant + ": " + text);
        this.invariant = invariant;
    }

    /** Which one: I1 to I8, a rule of the house, or {@code crash} where the run itself broke. */
    String invariant() {
        return invariant;
    }
}
