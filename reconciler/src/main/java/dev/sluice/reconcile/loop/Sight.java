// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import java.util.List;

/** What was seen without the moment of seeing: two equal sights call for no new decision. */
record Sight(String kind, List<LiveJob> jobs, String text) {
    static Sight of(Observed observed) {
        String kind = observed.getClass().getSimpleName();
        if (observed instanceof Observed.Present present) {
            return new Sight(kind, present.attempts(), "");
        }
        if (observed instanceof Observed.NotListed absent) {
            return new Sight(kind, absent.sameName(), "");
        }
        if (observed instanceof Observed.Unknown unknown) {
            return new Sight(kind, List.of(), unknown.reason());
        }
        return new Sight(kind, List.of(), "");
    }
}
