// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What came of a step. A time-out or a lost answer is Unknown, never Failed. */
public sealed interface Outcome {
    /** The effect is there, proven by the evidence. */
    record Done(Evidence evidence) implements Outcome {
        public Done {
            requireNonNull(evidence, "evidence is null");
        }
    }

    /** The effect is under way; the same step asks again, not before the given time. */
    record Waiting(Instant comeBackAt, String what) implements Outcome {
        public Waiting {
            requireNonNull(comeBackAt, "comeBackAt is null");
            requireNonNull(what, "what is null");
        }
    }

    /**
     * The effect did not happen and will not by itself.
     *
     * @param retryable the same step may succeed later without a person
     * @param evidence may carry a pointer: a savepoint can complete although the stop failed
     */
    record Failed(boolean retryable, String cause, Evidence evidence) implements Outcome {
        public Failed {
            requireNonNull(cause, "cause is null");
            requireNonNull(evidence, "evidence is null");
        }
    }

    /** Nobody knows whether the effect happened; the same step with the same ids finds out. */
    record Unknown(String cause) implements Outcome {
        public Unknown {
            requireNonNull(cause, "cause is null");
        }
    }
}
