// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.reconcile.simulation.Event.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * All there is to know about one run: its variant and its events, earliest first.
 *
 * @param isHighlyAvailable a lost JobManager comes back with its jobs
 * @param isApplication every attempt has a cluster of its own, and a resource manager knows them all
 * @param isAdaptive the scheduler can change the parallelism of a running job
 * @param estate what the run has
 * @param chaos seconds after which nothing bad happens any more
 */
record Script(
        long seed,
        boolean isHighlyAvailable,
        boolean isApplication,
        boolean isAdaptive,
        Estate estate,
        int chaos,
        List<Event> events) {
    static final int CONTROLLERS = 2;
    private static final int HOUSES = 4;

    Script {
        events = List.copyOf(events);
    }

    /** A run of two jobs. */
    Script(
            long seed,
            boolean isHighlyAvailable,
            boolean isApplication,
            boolean isAdaptive,
            int chaos,
            List<Event> events) {
        this(seed, isHighlyAvailable, isApplication, isAdaptive, Estate.PAIR, chaos, events);
    }

    /** The script of a seed; every fourth is one of a house, every eighth of a strict one. */
    static Script of(long seed) {
        if (seed % HOUSES != HOUSES - 1) {
            return of(seed, Estate.PAIR);
        }
        return of(seed, seed / HOUSES % 2 == 0 ? Estate.HOUSE : Estate.STRICT_HOUSE);
    }

    static Script of(long seed, Estate estate) {
        Random random = new Random(seed);
        int chaos = 200 + random.nextInt(1000);
        int count = 4 + random.nextInt(24);
        List<Event> events = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Kind kind = kind(estate, random.nextInt(weights(estate)));
            events.add(new Event(
                    random.nextInt(chaos),
                    kind,
                    random.nextInt(estate.jobs()),
                    random.nextInt(120)));
        }
        events.addAll(revivals(seed, estate, chaos));
        events.sort(Comparator.comparingInt(Event::at));
        return new Script(
                seed,
                random.nextBoolean(),
                random.nextInt(3) == 0,
                random.nextBoolean(),
                estate,
                chaos,
                events);
    }

    /** Drawn beside the table, so that every seed keeps its other events. */
    private static List<Event> revivals(long seed, Estate estate, int chaos) {
        if (estate != Estate.PAIR) {
            return List.of();
        }
        Random random = new Random(~seed);
        List<Event> events = new ArrayList<>();
        for (int number = random.nextInt(4); number > 0; number--) {
            events.add(new Event(
                    random.nextInt(chaos),
                    Kind.REVIVED,
                    random.nextInt(estate.jobs()),
                    random.nextInt(120)));
        }
        return events;
    }

    /** The same run with other events. */
    Script with(List<Event> others) {
        return new Script(
                seed, isHighlyAvailable, isApplication, isAdaptive, estate, chaos, others);
    }

    private static Kind kind(Estate estate, int place) {
        int left = place;
        for (Kind kind : Kind.values()) {
            left -= kind.weight(estate);
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("no kind of event at " + place);
    }

    private static int weights(Estate estate) {
        int sum = 0;
        for (Kind kind : Kind.values()) {
            sum += kind.weight(estate);
        }
        return sum;
    }
}
