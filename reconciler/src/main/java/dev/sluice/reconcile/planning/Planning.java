// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.plan.Basis;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobPlan;
import dev.sluice.plan.PaperPlan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Projection;
import dev.sluice.plan.Reason;
import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.document.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the plan from its inputs: a pure function, also used to make a saved plan again. */
public final class Planning {
    private final Projection projection = new Projection(new Planner());

    /** The plan of all jobs. */
    public Plan plan(PlanInputs inputs) {
        return new Plan(
                inputs.environment(),
                inputs.base(),
                inputs.commit(),
                inputs.jobs().stream().map(job -> plan(job, inputs.now())).toList(),
                inputs.shared());
    }

    private JobPlan plan(JobInput input, Instant now) {
        JobPlan plan = input.wanted()
                .map(wanted -> project(input, wanted, now))
                .orElseGet(() -> unknown(input))
                .located(field -> Optional.ofNullable(input.lines().get(field)));
        for (Hold mistake : input.mistakes()) {
            plan = plan.held(mistake);
        }
        for (String remark : input.remarks()) {
            plan = plan.remarking(remark);
        }
        return askingForAllowance(plan.isUnchanged() && isHeld(plan) ? shown(plan) : plan);
    }

    private JobPlan project(JobInput input, Desired wanted, Instant now) {
        return input.remembered()
                .map(known -> projection.project(
                        wanted, known.record(), known.observed(), input.around(), now))
                .orElseGet(() -> new PaperPlan(projection, now)
                        .project(input.base(), wanted, input.around()));
    }

    /** Nobody ever said a valid word about this job: all there is to tell is why. */
    private static JobPlan unknown(JobInput input) {
        return new JobPlan(
                input.key(),
                JobPlan.Symbol.HOLD,
                ChangeClass.NOOP,
                List.of(),
                "not touched",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Basis("none", "none", 0, "Absent", "none", "UNKNOWN"));
    }

    private static boolean isHeld(JobPlan plan) {
        return !plan.holds().isEmpty();
    }

    /** A job that only waits is a row of its own, not one of the unchanged. */
    private static JobPlan shown(JobPlan plan) {
        return new JobPlan(
                plan.key(),
                JobPlan.Symbol.HOLD,
                plan.change(),
                plan.steps(),
                plan.state(),
                plan.fields(),
                plan.holds(),
                plan.assumptions(),
                plan.remarks(),
                plan.basis());
    }

    /** Says what a row of {@code allowances.yaml} must name. */
    private static JobPlan askingForAllowance(JobPlan plan) {
        boolean isAsked =
                plan.holds().stream().anyMatch(hold -> hold.reason() == Reason.NeedsAllowance);
        return isAsked
                ? plan.remarking("an allowance names plan " + plan.basis().desired() + ", job "
                        + plan.key().display())
                : plan;
    }
}
