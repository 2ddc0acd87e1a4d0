// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.observed.LiveJob;

/** The running job that a spec says to adopt, as far as anything is known of it. */
public sealed interface Adoptable {
    /** Its cluster does not list it, or was not asked yet; also where nothing is to be adopted. */
    record Unseen() implements Adoptable {}

    /** It runs and is nobody's. */
    record Free(LiveJob job) implements Adoptable {
        public Free {
            requireNonNull(job, "job is null");
        }
    }

    /**
     * It is somebody else's.
     *
     * @param whose for people, with what to do about it
     */
    record Taken(String whose) implements Adoptable {
        public Taken {
            requireNonNull(whose, "whose is null");
        }
    }
}
