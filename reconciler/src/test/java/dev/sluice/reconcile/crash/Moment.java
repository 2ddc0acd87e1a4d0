// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

/** Moments of a step at which a controller may die. */
enum Moment {
    /** The step is decided; nothing is written. */
    DECIDED,
    /** The intent is durable; nothing was asked for. */
    INTENDED,
    /** The effect was asked for and answered; nobody wrote down what the answer was. */
    ANSWERED,
    /** The first answer is durable; nothing followed from it. */
    RECORDED,
    /** A step that waits has got its last answer; nobody wrote it down. */
    ENDED,
    /** The last answer of a step that waits is durable; nothing followed from it. */
    CLOSED;

    /** A moment that only a step with more than one answer has. */
    boolean needsWaiting() {
        return this == ENDED || this == CLOSED;
    }
}
