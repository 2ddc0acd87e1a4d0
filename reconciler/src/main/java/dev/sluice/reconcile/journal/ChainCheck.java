// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

/** What a look at the whole history found. */
public sealed interface ChainCheck {
    /**
     * Every row is as it was written.
     *
     * @param head the newest hash; kept elsewhere it also proves that nothing was cut off
     */
    record Intact(long rows, String head) implements ChainCheck {
        public Intact {
            requireNonNull(head, "head is null");
        }
    }

    /**
     * History was changed from outside.
     *
     * @param sequence the first link that does not fit
     * @param what which row, and how it differs
     */
    record Broken(long sequence, String what) implements ChainCheck {
        public Broken {
            requireNonNull(what, "what is null");
        }
    }
}
