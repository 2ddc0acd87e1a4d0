// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

/** What befalls a controller at a fail-point. */
enum Blow {
    /** It halts there. */
    HALT,

    /** It halts there, and its successor halts on its way out of that. */
    HALT_TWICE,

    /** It halts there, and the first answer to the effect, asked for before or after, is lost. */
    ANSWER_LOST
}
