// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poller per cluster, not per job: each asks for the whole cluster at once, and never a second
 * time while an answer is awaited.
 *
 * <p>The period of a cluster is short only while one of its own jobs is on the way; deploying there
 * never speeds up the polling of another cluster, nor the requests per job. Of stable jobs a look
 * closer is had in turns, so that the requests of a period do not grow with the number of jobs.
 */
final class ClusterWatch {
    /** How a cluster is asked: a short period while one of its jobs moves, else a long one. */
    record Periods(Duration moving, Duration settled) {}

    private static final class Poller {
        private boolean asking;
        private Instant asked = Instant.EPOCH;
        private Instant turned = Instant.EPOCH;
        private boolean reached;
        private Instant keptAt = Instant.EPOCH;
        private final Widths widths = new Widths();

        Instant next(Duration period) {
            return asked.plus(period);
        }

        private Optional<Instant> since = Optional.empty();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    private static final int TURNS = 2;
    private static final Duration KEEP_PERIOD = Duration.ofSeconds(5);

    private final Clock clock;
    private final ClusterDrivers drivers;
    private final Owners owners;
    private final Workers workers;
    private final Inbox inbox;
    private final Board board;
    private final Journal journal;
    private final Periods periods;
    private final SortedMap<String, Poller> pollers = new TreeMap<>();

    ClusterWatch(
            Clock clock,
            ClusterDrivers drivers,
            Owners owners,
            Workers workers,
            Inbox inbox,
            Board board,
            Journal journal,
            Periods periods) {
        this.clock = requireNonNull(clock, "clock is null");
        this.drivers = requireNonNull(drivers, "drivers is null");
        this.owners = requireNonNull(owners, "owners is null");
        this.workers = requireNonNull(workers, "workers is null");
        this.inbox = requireNonNull(inbox, "inbox is null");
        this.board = requireNonNull(board, "board is null");
        this.journal = requireNonNull(journal, "journal is null");
        this.periods = requireNonNull(periods, "periods is null");
    }

    /** Asks each cluster whose time has come. */
    void observeIfDue(Instant now, Fleet fleet) {
        List<String> inForce = drivers.clusters();
        if (pollers.keySet().retainAll(inForce)) {
            board.keepClusters(inForce);
        }
        for (String cluster : inForce) {
            Poller poller = pollers.computeIfAbsent(cluster, name -> new Poller());
            Duration period = period(cluster, fleet);
            if (!poller.asking && !now.isBefore(poller.next(period))) {
                poller.asking = true;
                poller.asked = now;
                ask(
                        cluster,
                        fleet.detailed(cluster, now, turns(poller, now)),
                        fleet.toAdopt(cluster));
            }
        }
    }

    /** How many stable jobs are looked at closely now: as many in each long period, never more. */
    private int turns(Poller poller, Instant now) {
        if (now.isBefore(poller.turned.plus(periods.settled()))) {
            return 0;
        }
        poller.turned = now;
        return TURNS;
    }

    private void ask(String cluster, Map<JobId, Integer> detailed, Set<JobId> adopted) {
        workers.run(
                "observe:" + cluster,
                () -> inbox.put(new News.ClusterSeen(observe(cluster, detailed, adopted))));
    }

    private ClusterObservation observe(
            String cluster, Map<JobId, Integer> detailed, Set<JobId> adopted) {
        // What was seen is at least as old as the question: a step that ended in between is newer.
        Instant asked = clock.instant();
        try {
            owners.claim(cluster);
            ClusterObservation seen = drivers.ask(cluster, driver -> driver.observe(detailed));
            owners.claim(cluster, adopted, seen.jobs());
            return new ClusterObservation(
                    cluster, asked, seen.jobs(), seen.unreachable(), seen.freeSlots());
        } catch (RuntimeException | Error e) {
            // A driver answers for an unreachable cluster too; anything thrown is our bug, and
            // until
            // it is mended nothing is known of this cluster. Without an answer it would never be
            // asked again.
            LOG.error("driver failed to observe cluster={}", cluster, e);
            return new ClusterObservation(
                    cluster, asked, List.of(), Optional.of("driver failed: " + e));
        }
    }

    /** Takes an answer; the cluster may be asked again. */
    void arrived(ClusterObservation observation, Fleet fleet) {
        Poller poller = pollers.computeIfAbsent(observation.cluster(), name -> new Poller());
        poller.asking = false;
        boolean reached = observation.unreachable().isEmpty();
        if (poller.since.isEmpty() || reached != poller.reached) {
            poller.since = Optional.of(observation.at());
            poller.reached = reached;
            Chronicle.reached(observation.cluster(), observation.unreachable());
        }
        keep(poller, observation);
        board.post(new Board.ClusterNotice(
                drivers.cluster(observation.cluster()).map(Cluster::kind).orElse("unknown"),
                observation,
                poller.since.orElseThrow(),
                new Sightings(observation).unmanaged(fleet::isClaimed)));
    }

    /** The journal keeps a look now and then, for people who ask while no controller runs. */
    private void keep(Poller poller, ClusterObservation observation) {
        poller.widths.learn(observation);
        if (observation.at().isBefore(poller.keptAt.plus(KEEP_PERIOD))) {
            return;
        }
        try {
            journal.observed(poller.widths.in(observation));
            poller.keptAt = observation.at();
        } catch (JournalException e) {
            LOG.warn("look not kept cluster={} cause={}", observation.cluster(), e.getMessage());
        }
    }

    /** The earliest moment a cluster wants to be asked again. */
    Instant next(Fleet fleet) {
        return pollers.entrySet().stream()
                .filter(poller -> !poller.getValue().asking)
                .map(poller -> poller.getValue().next(period(poller.getKey(), fleet)))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private Duration period(String cluster, Fleet fleet) {
        return fleet.isMoving(cluster) ? periods.moving() : periods.settled();
    }
}
