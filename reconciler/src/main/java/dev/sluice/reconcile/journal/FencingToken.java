// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

/**
 * The right to act, as a number that grows with every new leader. A journal write with an older
 * token than the newest is refused, however sure its process is of still being the leader.
 */
public record FencingToken(long number) {
    public FencingToken {
        if (number < 1) {
            throw new IllegalArgumentException("a token counts from 1: " + number);
        }
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
