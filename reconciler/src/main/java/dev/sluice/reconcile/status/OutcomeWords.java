// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;

/** Outcomes in the words of tables. */
public final class OutcomeWords {
    private OutcomeWords() {}

    /** One word, with the cause where there is one. */
    public static String of(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return "done";
        }
        if (outcome instanceof Outcome.Waiting waiting) {
            return "waiting: " + waiting.what();
        }
        if (outcome instanceof Outcome.Failed failed) {
            return "failed: " + failed.cause();
        }
        return "unknown: " + ((Outcome.Unknown) outcome).cause();
    }

    /** What supports the outcome, if it carries anything. */
    public static Evidence evidence(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return done.evidence();
        }
        return outcome instanceof Outcome.Failed failed ? failed.evidence() : Evidence.NONE;
    }
}
