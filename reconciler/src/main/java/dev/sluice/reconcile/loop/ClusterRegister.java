// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Cluster;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.SpecError.Severity;
import dev.sluice.spec.read.CommitReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which entry of each cluster is in force: git's newest, unless live jobs stand in the way.
 *
 * <p>An entry that leads elsewhere, or is missing, while jobs run where the last good one leads would
 * lose sight of them, and that is the first step to running them twice. It is an error of the commit,
 * and the last good entry stays in force until no job runs there any more, or until a person says with
 * the allowance {@code clusterGone} that nothing does. Any other change is taken over as soon as no
 * call for the cluster is under way.
 *
 * <p>Only the leader takes entries over: it alone knows where jobs live. A standby opens what it shows,
 * and begins with what its predecessor has left in force.
 */
final class ClusterRegister {
    private final ClusterDrivers drivers;
    private final ClusterMemory memory;
    private final Fleet fleet;
    private final GuardRails rails;
    private final Board board;
    private SortedMap<String, Cluster> wanted = Collections.emptySortedMap();
    private Optional<CommitReading> reading = Optional.empty();
    private boolean leads;
    private boolean isWaiting;
    private SortedSet<String> unread = Collections.emptySortedSet();
    private List<SpecError> errors = List.of();

    ClusterRegister(
            ClusterDrivers drivers,
            ClusterMemory memory,
            Fleet fleet,
            GuardRails rails,
            Board board) {
        this.drivers = requireNonNull(drivers, "drivers is null");
        this.memory = requireNonNull(memory, "memory is null");
        this.fleet = requireNonNull(fleet, "fleet is null");
        this.rails = requireNonNull(rails, "rails is null");
        this.board = requireNonNull(board, "board is null");
    }

    /** Git wants these clusters. */
    void adopt(CommitReading next, Instant now) {
        SortedMap<String, Cluster> clusters = new TreeMap<>();
        next.environment().ifPresent(environment -> clusters.putAll(environment.clusters()));
        wanted = Collections.unmodifiableSortedMap(clusters);
        boolean isFirst = reading.isEmpty();
        reading = Optional.of(next);
        errors = List.of();
        if (isFirst) {
            recall();
        }
        settle(now);
    }

    /** This process has begun to lead: a predecessor may have taken over more, or less, than it saw. */
    void lead(Instant now) {
        leads = true;
        if (reading.isPresent()) {
            recall();
            settle(now);
        }
    }

    /** Another process leads, or nobody knows. */
    void standBy() {
        leads = false;
    }

    /** Puts into force what was so last; what git wants otherwise is settled after it. */
    private void recall() {
        ClusterMemory.LastGood lastGood = memory.lastGood(wanted, fleet.startedOn());
        unread = lastGood.unread();
        lastGood.entries().forEach((name, entry) -> {
            if (!isInForce(entry.cluster()) || drivers.isGone(name) && !entry.isGone()) {
                drivers.put(entry.cluster());
            }
            if (entry.isGone()) {
                drivers.gone(name);
            }
            if (leads) {
                memory.remember(entry);
            }
        });
        for (String name : drivers.clusters()) {
            Optional<Cluster> next = Optional.ofNullable(wanted.get(name));
            if (lastGood.entries().containsKey(name)) {
                continue;
            }
            boolean isKnown = next.filter(this::isInForce).isPresent()
                    && !drivers.isGone(name)
                    && !unread.contains(name);
            if (!isKnown) {
                drivers.drop(name);
            } else if (leads) {
                memory.keep(next.get(), commit());
            }
        }
    }

    private boolean isInForce(Cluster cluster) {
        return drivers.cluster(cluster.name()).equals(Optional.of(cluster));
    }

    /** Looks again at what could not be taken over yet; nothing is done when everything was. */
    void settleWaiting(Instant now) {
        if (isWaiting) {
            settle(now);
        }
    }

    private void settle(Instant now) {
        isWaiting = false;
        List<SpecError> found = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(drivers.clusters());
        names.forEach(name -> settle(name, now).ifPresent(found::add));
        if (!found.equals(errors)) {
            errors = List.copyOf(found);
            tell();
        }
    }

    private Optional<SpecError> settle(String name, Instant now) {
        Optional<Cluster> current = drivers.cluster(name);
        Optional<Cluster> next = Optional.ofNullable(wanted.get(name));
        if (current.equals(next) && !drivers.isGone(name)) {
            return Optional.empty();
        }
        if (!leads) {
            if (current.isEmpty() && !unread.contains(name)) {
                next.ifPresent(drivers::put);
            }
            return Optional.empty();
        }
        boolean isSamePlace = current.isPresent()
                && next.filter(cluster -> ClusterPlace.isSame(current.get(), cluster))
                        .isPresent();
        boolean isNew = current.isEmpty() && !unread.contains(name);
        boolean isFree = isNew || !fleet.isBusy(name) && (isSamePlace || !fleet.livesOn(name));
        if (isFree) {
            next.ifPresentOrElse(this::put, () -> drop(name));
            return Optional.empty();
        }
        isWaiting = true;
        if (isSamePlace || drivers.isGone(name)) {
            return Optional.empty();
        }
        CommitId saidBy = memory.disputed(name, next, commit());
        if (rails.allowsClusterGone(fleet.wishesOn(name, saidBy), now)) {
            next.ifPresentOrElse(this::put, () -> gone(name));
            return Optional.empty();
        }
        return Optional.of(error(name, next.isPresent(), saidBy));
    }

    private void put(Cluster cluster) {
        drivers.put(cluster);
        memory.keep(cluster, commit());
    }

    private void drop(String name) {
        drivers.drop(name);
        memory.forget(name);
    }

    private void gone(String name) {
        drivers.gone(name);
        memory.gone(name);
    }

    private CommitId commit() {
        return reading.orElseThrow().commit();
    }

    private SpecError error(String name, boolean isRedirected, CommitId saidBy) {
        String environment = reading.flatMap(CommitReading::environment)
                .map(found -> "environments/" + found.name() + "/environment.yaml")
                .orElse("");
        return new SpecError(
                Severity.ERROR,
                "cluster-in-use",
                new SourceLocation(environment, 1, 1),
                Optional.empty(),
                "/clusters/" + name,
                "cluster " + name + (isRedirected ? " leads elsewhere" : " is missing")
                        + ", but jobs live on it: " + fleet.namesOn(name)
                        + (unread.contains(name)
                                ? "; its last good entry cannot be read any more"
                                : "; its last good entry stays in force"),
                "move or suspend these jobs first, or, when the cluster is gone for good, allow"
                        + " clusterGone for commit " + saidBy.hash());
    }

    /** The errors stand beside the findings of the commit. */
    private void tell() {
        Board.GitNotice git = board.git();
        List<SpecError> all = new ArrayList<>(errors);
        git.findings().stream()
                .filter(finding -> !finding.rule().equals("cluster-in-use"))
                .forEach(all::add);
        board.post(new Board.GitNotice(
                git.commit(), git.subject(), git.answeredAt(), git.trouble(), all));
    }
}
