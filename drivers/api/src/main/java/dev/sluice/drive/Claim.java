// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

/** The answer to "are these jobs mine to act on?". */
public sealed interface Claim {
    /** The mark on the cluster is the asker's. */
    record Held() implements Claim {}

    /**
     * Another journal marked them first; nothing may be done to any of them.
     *
     * @param place where the mark lies, for the person who decides that it is out of date
     */
    record Other(OwnerMark owner, String place) implements Claim {
        public Other {
            requireNonNull(owner, "owner is null");
            requireNonNull(place, "place is null");
        }
    }

    /** The mark can be neither read nor made: whose they are is not known. */
    record Unclear(String cause) implements Claim {
        public Unclear {
            requireNonNull(cause, "cause is null");
        }
    }
}
