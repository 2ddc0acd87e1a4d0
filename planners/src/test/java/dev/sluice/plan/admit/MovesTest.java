// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.RestoreFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A job that leaves its cluster burdens both, and one that soaks has a place already. */
class MovesTest {
    private static final Instant NOW = Fleet.NOW;

    @Test
    void aJobThatMovesIsStoppedInTheWindowOfTheClusterThatItLeaves() {
        Applicant move = Fleet.restart("a", "cluster=other");
        List<Window> closed = List.of(new Window(NOW.plusSeconds(60), NOW.plusSeconds(120)));

        assertEquals(
                Optional.of(Reason.WaitingForWindow),
                hold(List.of(move), "a", 5, Map.of("main", closed)));
        assertEquals(Optional.empty(), hold(List.of(move), "a", 5, Map.of("other", closed)));
    }

    @Test
    void aJobThatMovesTakesAPlaceOnBothClusters() {
        Applicant stopping = stopping(Fleet.restart("a", "cluster=other"));

        assertEquals(
                Optional.of(Reason.WaitingForTurn),
                hold(List.of(stopping, Fleet.restart("b")), "b", 1, Map.of()));
        assertEquals(
                Optional.of(Reason.WaitingForTurn),
                hold(
                        List.of(Fleet.stopping("c"), Fleet.restart("d", "cluster=other")),
                        "d",
                        1,
                        Map.of()));
    }

    @Test
    void aJobThatSoaksAndChangesAgainDoesNotWaitForItself() {
        Applicant soaking = soaking(Fleet.restart("a"));

        assertEquals(Optional.empty(), hold(List.of(soaking), "a", 1, Map.of()));
        assertEquals(
                Optional.of(Reason.WaitingForTurn),
                hold(List.of(soaking, Fleet.restart("b")), "b", 1, Map.of()));
    }

    /** The stop that was decided is under way. */
    private static Applicant stopping(Applicant restart) {
        JobRecord next = restart.decision().next();
        Decision rest = new Decision(
                next, Optional.empty(), List.of(), Reason.SavepointInProgress, Optional.empty());
        return new Applicant(restart.desired(), next, rest, NOW);
    }

    /** The same restart, wanted while the last one has not proven itself. */
    private static Applicant soaking(Applicant restart) {
        JobRecord record = restart.record()
                .in(new Phase.Verifying(
                        restart.record().currentId().orElseThrow(),
                        new RestoreFrom.Empty("first start"),
                        Optional.empty(),
                        NOW.minusSeconds(5)));
        return new Applicant(restart.desired(), record, restart.decision(), NOW);
    }

    private static Optional<Reason> hold(
            List<Applicant> jobs, String name, int most, Map<String, List<Window>> windows) {
        AdmissionPolicy policy = new AdmissionPolicy(
                most, new TreeMap<>(), new TreeMap<>(), 0, Duration.ofHours(1), 1, 20, List.of());
        SortedMap<JobKey, Hold> holds = new Admission()
                .holds(
                        jobs,
                        new Circumstances(
                                policy, new TreeMap<>(windows), List.of(), List.of(), NOW));
        return Optional.ofNullable(holds.get(Fleet.key(name))).map(Hold::reason);
    }
}
