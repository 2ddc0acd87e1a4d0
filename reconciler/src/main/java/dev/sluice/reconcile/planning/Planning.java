// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.plan.Basis;
import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobPlan;
import dev.sluice.plan.PaperPlan;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Projected;
import dev.sluice.plan.Projection;
import dev.sluice.plan.Reason;
import dev.sluice.plan.Remarks;
import dev.sluice.plan.admit.Rollout;
import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.document.Plan;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.rule.Vulnerabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the plan from its inputs: a pure function, also used to make a saved plan again. */
public final class Planning {
    private final Remarks remarks = new Remarks(Vulnerabilities.KNOWN);
    private final Projection projection = new Projection(new Planner());

    /** The plan of all jobs, the order in which they begin included. */
    public Plan plan(PlanInputs inputs) {
        List<JobPlan> plans = new ArrayList<>();
        List<Rollout.Entry> entries = new ArrayList<>();
        for (JobInput job : inputs.jobs()) {
            Optional<Projected> projected = job.wanted().map(wish -> project(job, wish, inputs));
            projected.ifPresent(
                    one -> entries.add(new Rollout.Entry(job.wanted().get(), one)));
            plans.add(plan(job, projected.map(Projected::plan)));
        }
        Rollout.Order order = Rollout.of(entries, inputs.circumstances());
        return new Plan(
                inputs.environment(),
                inputs.base(),
                inputs.commit(),
                plans.stream().map(plan -> finished(plan, order)).toList(),
                inputs.shared(),
                order.waves().stream().map(Planning::names).toList(),
                names(order.later()));
    }

    private static List<String> names(List<JobKey> keys) {
        return keys.stream().map(JobKey::display).toList();
    }

    private JobPlan plan(JobInput input, Optional<JobPlan> projected) {
        JobPlan plan = projected
                .orElseGet(() -> unknown(input))
                .located(field -> Optional.ofNullable(input.lines().get(field)));
        for (Hold mistake : input.mistakes()) {
            plan = plan.held(mistake);
        }
        List<String> more = new ArrayList<>(input.remarks());
        more.addAll(remarks.of(plan, input.facts()));
        for (String remark : more) {
            plan = plan.remarking(remark);
        }
        return plan;
    }

    /** With what admission says, and what that asks of people. */
    private static JobPlan finished(JobPlan plan, Rollout.Order order) {
        JobPlan whole = Optional.ofNullable(order.held().get(plan.key()))
                .map(plan::held)
                .orElse(plan);
        return askingForAllowance(whole.isUnchanged() && isHeld(whole) ? shown(whole) : whole);
    }

    private Projected project(JobInput input, Desired wanted, PlanInputs inputs) {
        return input.remembered()
                .map(known -> projection.project(
                        wanted, known.record(), known.observed(), input.around(), inputs.now()))
                .orElseGet(() -> new PaperPlan(projection, inputs.now())
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
