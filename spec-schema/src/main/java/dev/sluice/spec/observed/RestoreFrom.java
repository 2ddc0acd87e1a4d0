// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

/** What a start restores. "No state" is a value with a reason, never a missing pointer. */
public sealed interface RestoreFrom {
    /** Start from this savepoint or checkpoint. */
    record State(StatePointer pointer) implements RestoreFrom {
        public State {
            requireNonNull(pointer, "pointer is null");
        }

        @Override
        public String toString() {
            return pointer.path();
        }
    }

    /** Start empty, and why that loses nothing or who allowed it. */
    record Empty(String reason) implements RestoreFrom {
        public Empty {
            requireNonNull(reason, "reason is null");
        }

        @Override
        public String toString() {
            return "empty (" + reason + ")";
        }
    }
}
