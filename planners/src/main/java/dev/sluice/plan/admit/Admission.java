// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Hold;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Ownership.Criticality;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says which jobs may not begin yet what was decided for them. Pure, and independent of the order in
 * which the jobs are given.
 *
 * <p><b>Order:</b> recoveries, then starts, then restarts, then stops; among restarts the least
 * critical first, because they are the canaries; among the others the most critical first; then by
 * key.
 *
 * <p>For a held job neither the decision's record is stored nor its step done; the planner decides it
 * anew in the next round.
 */
public final class Admission {
    /** The holds by job; a job without one may do what was decided. */
    public SortedMap<JobKey, Hold> holds(List<Applicant> jobs, Circumstances circumstances) {
        List<Applicant> beginning = new ArrayList<>();
        for (Applicant job : jobs) {
            if (Beginning.of(job) != Beginning.NOTHING) {
                beginning.add(job);
            }
        }
        SortedMap<JobKey, Hold> holds = new TreeMap<>();
        if (!beginning.isEmpty()) {
            beginning.sort(ORDER);
            new Session(new Round(jobs), circumstances).admit(beginning, holds);
        }
        return Collections.unmodifiableSortedMap(holds);
    }

    private static final Comparator<Applicant> ORDER = Comparator.comparing(
                    (Applicant job) -> Beginning.of(job))
            .thenComparing(Admission::rank)
            .thenComparing(Applicant::key);

    private static int rank(Applicant job) {
        int criticality = job.wanted()
                .map(wanted -> wanted.spec().ownership().criticality())
                .orElse(Criticality.NORMAL)
                .ordinal();
        return Beginning.of(job) == Beginning.RESTART ? criticality : -criticality;
    }

    /** One round: what is admitted takes a place from those that come later. */
    private static final class Session {
        private final List<Gate> gates;
        private final Waves waves;
        private final Turns turns;
        private final Rooms rooms;
        private final Map<CommitId, Integer> admitted = new HashMap<>();

        Session(Round round, Circumstances circumstances) {
            this.gates = new Gates(round, circumstances).all();
            this.waves = new Waves(round, circumstances.policy());
            this.turns = new Turns(round, circumstances.policy());
            this.rooms = new Rooms(round);
        }

        void admit(List<Applicant> beginning, SortedMap<JobKey, Hold> holds) {
            for (Applicant job : beginning) {
                hold(job, Beginning.of(job)).ifPresent(hold -> holds.put(job.key(), hold));
            }
        }

        private Optional<Hold> hold(Applicant job, Beginning beginning) {
            Optional<Hold> gate = gates.stream()
                    .map(each -> each.hold(job, beginning))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .or(() -> rooms.lacking(job));
            if (gate.isPresent()) {
                return gate;
            }
            Optional<CommitId> wave =
                    beginning == Beginning.RESTART ? job.wave() : Optional.empty();
            int before = wave.map(commit -> admitted.getOrDefault(commit, 0)).orElse(0);
            Optional<Hold> hold = wave.flatMap(commit -> waves.hold(commit, before))
                    .or(() -> takesTurn(job, beginning)
                            ? turns.take(job, beginning)
                            : Optional.empty());
            if (hold.isEmpty()) {
                wave.ifPresent(commit -> admitted.merge(commit, 1, Integer::sum));
                rooms.take(job);
            }
            return hold;
        }

        /** A job that is down already is not one more, whatever it comes back as. */
        private static boolean takesTurn(Applicant job, Beginning beginning) {
            boolean isStop = beginning == Beginning.RESTART || beginning == Beginning.STOP;
            return !isStop || job.isStopped();
        }
    }
}
