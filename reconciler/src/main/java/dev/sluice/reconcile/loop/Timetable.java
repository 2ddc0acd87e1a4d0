// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.FactMemory;
import dev.sluice.reconcile.schedule.CronTimes;
import dev.sluice.reconcile.schedule.Fires;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns schedules of jobs into instants that have come, each in the journal before a job hears of it.
 *
 * <p>By the wall clock, because a schedule means the hours of people. However the clock moves, an
 * instant is over once it or a later one has come: it is told once. Of instants that were missed only
 * the newest is told, and the planner lets a run that still goes on end before the next.
 */
final class Timetable {
    private static final String FACT = "fire/";

    private record Entry(Desk desk, CronTimes times, Fires fires, Optional<Instant> next) {}

    private final Clock wall;
    private final FactMemory facts;
    private final SortedMap<String, Entry> entries = new TreeMap<>();

    /** @param wall what people's clocks show; may jump either way */
    Timetable(Clock wall, FactMemory facts) {
        this.wall = requireNonNull(wall, "wall is null");
        this.facts = requireNonNull(facts, "facts is null");
    }

    /**
     * Takes over the schedules of a commit. A job that is new, was suspended, or has another schedule
     * than before is due at instants from now on; any other goes on where the journal says it stands.
     */
    void follow(Collection<Desk> desks) {
        SortedMap<String, String> remembered = facts.all(FACT);
        for (Desk desk : desks) {
            String name = FACT + desk.key();
            Optional<Schedule> schedule =
                    desk.wantedJob().map(EffectiveJob::spec).flatMap(Timetable::schedule);
            if (schedule.isPresent()) {
                follow(desk, schedule.get(), name, Optional.ofNullable(remembered.get(name)));
            } else if (remembered.containsKey(name)) {
                entries.remove(name);
                desk.due(Optional.empty());
                facts.forget(name);
            }
        }
    }

    private static Optional<Schedule> schedule(JobSpec spec) {
        return spec.state() == JobSpec.State.RUNNING ? spec.schedule() : Optional.empty();
    }

    private void follow(Desk desk, Schedule schedule, String name, Optional<String> remembered) {
        Optional<CronTimes> times = CronTimes.of(schedule);
        if (times.isEmpty()) {
            entries.remove(name);
            desk.mistaken(List.of(new Hold(
                    Reason.SpecInvalid,
                    "\"" + schedule.cron() + "\" is no Quartz cron expression; correct"
                            + " schedule.cron")));
            return;
        }
        Fires fires = remembered
                .map(Fires::read)
                .filter(known -> known.schedule().equals(schedule))
                .orElseGet(() -> fresh(schedule, name));
        put(name, desk, times.get(), fires);
    }

    private Fires fresh(Schedule schedule, String name) {
        Instant since = wall.instant().truncatedTo(ChronoUnit.MILLIS);
        Fires fires = new Fires(schedule, since, Optional.empty());
        facts.keep(name, fires.text());
        return fires;
    }

    private void put(String name, Desk desk, CronTimes times, Fires fires) {
        desk.due(fires.due());
        entries.put(name, new Entry(desk, times, fires, times.after(fires.over())));
    }

    /** Tells each job whose instant has come. Costs nothing for the others but a comparison. */
    void ring() {
        Instant now = wall.instant();
        for (String name : entries.entrySet().stream()
                .filter(entry -> hasCome(entry.getValue(), now))
                .map(Map.Entry::getKey)
                .toList()) {
            Entry entry = entries.get(name);
            entry.times().newest(entry.fires().over(), now).ifPresent(instant -> {
                Fires fires = entry.fires().come(instant);
                facts.keep(name, fires.text());
                put(name, entry.desk(), entry.times(), fires);
                entry.desk().lookAgain();
            });
        }
    }

    private static boolean hasCome(Entry entry, Instant now) {
        return entry.next().filter(next -> !next.isAfter(now)).isPresent();
    }
}
