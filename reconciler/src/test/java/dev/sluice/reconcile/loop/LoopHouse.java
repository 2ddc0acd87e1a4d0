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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

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

    /**
     * What is done of what was decided.
     *
     * @param bent what becomes of the holds
     * @param caring decides for a job whose wish must wait
     */
    public SortedMap<JobKey, Decision> verdicts(
            SortedMap<JobKey, LoopDesk> desks,
            Map<JobKey, Decision> decisions,
            UnaryOperator<SortedMap<JobKey, Hold>> bent,
            Function<LoopDesk, Optional<Decision>> caring,
            Instant now) {
        List<Desk> all = desks.values().stream().map(LoopDesk::desk).toList();
        Verdicts verdicts = new Verdicts(all, decisions, now)
                .admit((decided, meanwhile) -> bent.apply(
                        rails.holds(all, decided, meanwhile, wishes -> new TreeMap<>(), now)))
                .careFor(desk -> caring.apply(desks.get(desk.key())));
        TreeMap<JobKey, Decision> done = new TreeMap<>();
        decisions
                .keySet()
                .forEach(key -> done.put(key, verdicts.of(desks.get(key).desk())));
        return done;
    }
}
