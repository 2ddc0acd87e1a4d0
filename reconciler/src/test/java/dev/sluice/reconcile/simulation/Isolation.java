// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.reconcile.simulation.Event.Kind;
import dev.sluice.reconcile.simulation.Event.Scope;
import dev.sluice.reconcile.simulation.HouseWatch.Happening;
import dev.sluice.spec.JobKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * I6: what happens to one job, and to its cluster, against the same run without it. A job on another
 * cluster must not notice at all; a neighbour on the same cluster, with which it shares only the
 * poller and the places, by no more than a poll.
 */
final class Isolation {
    private static final int SICK = 0;
    private static final int NEIGHBOUR = 1;
    private static final int ELSEWHERE = 3;
    private static final Duration POLL = Duration.ofSeconds(20);

    private final Script script;
    private final Bend bend;

    private Isolation(long seed, Bend bend) {
        this.script = Script.of(seed, Estate.HOUSE);
        this.bend = bend;
    }

    /** What one job owes to the trouble of another, if anything. */
    static Optional<String> broken(long seed, Bend bend) {
        Isolation run = new Isolation(seed, bend);
        return run.elsewhere().or(run::neighbour);
    }

    private Optional<String> elsewhere() {
        JobKey key = Specs.key(ELSEWHERE);
        List<Happening> well = played(key, event -> isWish(event, ELSEWHERE));
        List<Happening> sick = played(
                key, event -> isWish(event, ELSEWHERE) || isOf(event, SICK) || isOfFirst(event));
        return well.equals(sick)
                ? Optional.empty()
                : Optional.of("audit on another cluster: " + well + " became " + sick);
    }

    private Optional<String> neighbour() {
        JobKey key = Specs.key(NEIGHBOUR);
        List<Happening> well = played(key, event -> false);
        List<Happening> sick = played(key, event -> isOf(event, SICK));
        boolean isSame = well.stream()
                .map(Happening::what)
                .toList()
                .equals(sick.stream().map(Happening::what).toList());
        for (int at = 0; isSame && at < well.size(); at++) {
            Duration late = sick.get(at).at().minus(well.get(at).at());
            isSame = late.compareTo(POLL) <= 0;
        }
        return isSame
                ? Optional.empty()
                : Optional.of("refunds on the same cluster: " + well + " became " + sick);
    }

    /** Two commits to the neighbour, far apart, and what else happens. */
    private List<Happening> played(JobKey key, Predicate<Event> isKept) {
        int third = script.chaos() / 3;
        List<Event> events = new ArrayList<>(Stream.of(third, 2 * third)
                .map(at -> new Event(at, Kind.COMMIT_SQL, NEIGHBOUR, 0))
                .toList());
        script.events().stream().filter(isKept).forEach(events::add);
        events.sort(Comparator.comparingInt(Event::at));
        return Simulation.happened(script.with(events), bend, key);
    }

    private static boolean isWish(Event event, int job) {
        return isOf(event, job) && event.kind().name().startsWith("COMMIT_");
    }

    private static boolean isOf(Event event, int job) {
        boolean isOfMany = event.kind() == Kind.COMMIT_WAVE || event.kind() == Kind.COMMIT_MOVE;
        return event.kind().scope() == Scope.JOB && event.job() == job && !isOfMany;
    }

    private static boolean isOfFirst(Event event) {
        return event.kind().scope() == Scope.CLUSTER
                && event.job() % Estate.HOUSE.clusters().size() == 0;
    }
}
