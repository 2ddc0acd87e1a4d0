// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Allowance;
import dev.sluice.plan.Decision;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Surroundings;
import dev.sluice.plan.admit.Admission;
import dev.sluice.plan.admit.Applicant;
import dev.sluice.plan.admit.HouseRules;
import dev.sluice.plan.admit.Window;
import dev.sluice.reconcile.schedule.MaintenanceTimes;
import dev.sluice.spec.Environment;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Headroom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the environment allows at this moment: allowances that have not expired, and which of the
 * decided beginnings must wait for others. The rules themselves are the planner's {@link Admission}.
 */
final class GuardRails {
    private final Admission admission = new Admission();
    private final Clock wall;
    private final Function<FlinkTarget, Headroom> room;
    private Optional<Environment> environment = Optional.empty();
    private Optional<MaintenanceTimes> maintenance = Optional.empty();

    /**
     * Rails of clusters that tell what room they have.
     *
     * @param wall what people's clocks show, by which maintenance windows open and close
     * @param room what the last look says of the room for a job
     */
    GuardRails(Clock wall, Function<FlinkTarget, Headroom> room) {
        this.wall = requireNonNull(wall, "wall is null");
        this.room = requireNonNull(room, "room is null");
    }

    /** Where no cluster tells what room it has. */
    GuardRails(Clock wall) {
        this(wall, target -> Surroundings.QUIET.headroom());
    }

    /** Puts the rules of an environment into force. */
    void adopt(Environment next) {
        maintenance = Optional.of(MaintenanceTimes.of(next));
        environment = Optional.of(next);
    }

    /**
     * The holds on what was decided; a job without one may begin.
     *
     * @param desks every job, whether anything was decided for it or not
     * @param meanwhile of jobs whose wish waits, by what was decided instead
     * @param plans of some wishes, the ids of plans made anew, which need an approval of their own
     */
    SortedMap<JobKey, Hold> holds(
            Collection<Desk> desks,
            Map<JobKey, Decision> decisions,
            Map<JobKey, Desired> meanwhile,
            Function<SortedMap<JobKey, Desired>, SortedMap<JobKey, String>> plans,
            Instant now) {
        boolean anyBegins = desks.stream().anyMatch(desk -> isMoved(desk, decisions));
        if (!anyBegins) {
            return Collections.emptySortedMap();
        }
        List<Applicant> applicants = new ArrayList<>();
        SortedMap<JobKey, Desired> wishes = new TreeMap<>();
        for (Desk desk : desks) {
            desk.wanted().ifPresent(wanted -> {
                Decision decision = decisions.getOrDefault(desk.key(), desk.resting());
                wishes.put(desk.key(), wanted);
                applicants.add(new Applicant(
                        meanwhile.getOrDefault(desk.key(), wanted),
                        desk.record(),
                        decision,
                        desk.observed(),
                        room(desk),
                        now));
            });
        }
        Instant shown = wall.instant();
        SortedMap<String, List<Window>> windows =
                maintenance.map(known -> known.around(shown)).orElseGet(TreeMap::new);
        SortedMap<JobKey, String> anew = plans.apply(wishes);
        SortedMap<JobKey, Hold> holds = new TreeMap<>(admission.holds(
                applicants, rules(shown).circumstances(windows, wishes, List.of(), anew)));
        anew.forEach((key, id) -> holds.computeIfPresent(key, (job, hold) -> named(hold, id)));
        return holds;
    }

    private Headroom room(Desk desk) {
        return desk.wantedJob()
                .map(job -> room.apply(job.spec().flink()))
                .orElse(Surroundings.QUIET.headroom());
    }

    /** A decision that may begin something: it does something, or sets out for somewhere. */
    private static boolean isMoved(Desk desk, Map<JobKey, Decision> decisions) {
        Decision decision = decisions.get(desk.key());
        if (decision == null || decision.step().isPresent()) {
            return decision != null;
        }
        JobRecord before = desk.record();
        JobRecord next = decision.next();
        return next != before
                && (!next.phase().word().equals(before.phase().word())
                        || !next.notes().begun().equals(before.notes().begun()));
    }

    /** A plan that was made anew is approved by its id alone, so people must hear of it. */
    private static Hold named(Hold hold, String plan) {
        return hold.reason() == Reason.NeedsAllowance
                ? new Hold(
                        hold.reason(),
                        hold.text() + " for plan " + plan + ", which was made anew because the one"
                                + " before no longer stands")
                : hold;
    }

    /**
     * A person has said that a cluster on which jobs live is gone, or has moved.
     *
     * @param wishes for the jobs that live there, as the commit says them that says this of the
     *     cluster: a row that was meant for an earlier change allows nothing
     */
    boolean allowsClusterGone(Collection<Desired> wishes, Instant now) {
        return rules(now).ofAll(wishes, List.of()).contains(Allowance.CLUSTER_GONE);
    }

    /** What a person has allowed for one wish of one job. */
    List<Allowance> of(JobKey key, Desired wanted, Instant now) {
        return rules(now).of(key, wanted, List.of());
    }

    private HouseRules rules(Instant now) {
        return new HouseRules(environment, now);
    }
}
