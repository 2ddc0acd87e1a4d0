// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Hold;
import dev.sluice.reconcile.journal.FactMemory;
import dev.sluice.spec.Environment;
import dev.sluice.spec.JobKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The loop's own guard rails and timetable, opened for a simulation without threads. */
public final class LoopHouse {
    private final GuardRails rails;
    private final Timetable timetable;

    public LoopHouse(Clock wall, FactMemory facts) {
        this.rails = new GuardRails(wall);
        this.timetable = new Timetable(wall, facts);
    }

    public void adopt(Environment environment) {
        rails.adopt(environment);
    }

    /** The schedules of a commit just read. */
    public void follow(Collection<LoopDesk> desks) {
        timetable.follow(desks.stream().map(LoopDesk::desk).toList());
    }

    public void ring() {
        timetable.ring();
    }

    public SortedMap<JobKey, Hold> holds(
            Collection<LoopDesk> desks, Map<JobKey, Decision> decisions, Instant now) {
        return rails.holds(
                desks.stream().map(LoopDesk::desk).toList(),
                decisions,
                wishes -> new TreeMap<>(),
                now);
    }
}
