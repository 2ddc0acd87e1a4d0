// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

/** An invariant does not hold; an error, because the executor takes exceptions for doubt. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String invariant, String text) {
        super(invariant + ": " + text);
    }
}
