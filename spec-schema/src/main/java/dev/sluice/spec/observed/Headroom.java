// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

/** How many task slots a cluster could give besides those that its jobs hold, when it was asked. */
public sealed interface Headroom {
    /**
     * A cluster with so many slots free, to which nobody adds TaskManagers as jobs ask for them.
     *
     * @param free {@code slots-available} of {@code /overview}; 0 or more
     */
    record Slots(int free) implements Headroom {
        public Slots {
            if (free < 0) {
                throw new IllegalArgumentException("free slots must not be negative: " + free);
            }
        }
    }

    /**
     * Nobody can tell before the slots are asked for: never a reason to wait, but to be said.
     *
     * @param why as a part of a sentence
     */
    record Unknown(String why) implements Headroom {
        public Unknown {
            requireNonNull(why, "why is null");
        }
    }
}
