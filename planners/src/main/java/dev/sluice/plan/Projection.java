// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.change.ChangeClasses;
import dev.sluice.plan.change.FieldChange;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plan of one job: the planner run on paper, each step taken for done. So a plan and what is
 * done later cannot differ in intent; they differ when an assumption turns out wrong.
 */
public final class Projection {
    private final Planner planner;

    public Projection(Planner planner) {
        this.planner = planner;
    }

    /** Runs the planner until nothing is left to do or something holds. */
    public Projected project(
            Desired desired,
            JobRecord record,
            Observed observed,
            Surroundings surroundings,
            Instant now) {
        Rehearsal rehearsal = new Rehearsal(planner, desired, surroundings, now);
        rehearsal.play(record, observed);
        List<FieldChange> fields = fields(desired, record);
        JobPlan plan = new JobPlan(
                record.key(),
                symbol(rehearsal, fields),
                change(desired, record, rehearsal, fields),
                rehearsal.steps().stream()
                        .map(step -> StepText.words(step).planned())
                        .toList(),
                rehearsal.state(),
                fields,
                rehearsal.holds(),
                rehearsal.assumptions(),
                rehearsal.isScheduled()
                        ? List.of("starts when its next scheduled instant has come")
                        : List.of(),
                Basis.of(desired, record, observed, rehearsal.restored()));
        return new Projected(plan, rehearsal.decisions(), rehearsal.settled());
    }

    /** What will be remembered when everything planned has gone well. */
    JobRecord after(Desired desired, JobRecord record, Observed observed, Instant now) {
        Rehearsal rehearsal = new Rehearsal(planner, desired, Surroundings.QUIET, now);
        rehearsal.play(record, observed);
        return rehearsal.last();
    }

    private static List<FieldChange> fields(Desired desired, JobRecord record) {
        Optional<JobSpec> old = record.deployed().map(EffectiveJob::spec);
        if (old.isEmpty() || !(desired instanceof Desired.Specified specified)) {
            return List.of();
        }
        // A suspended job's record holds the spec that ran; that it does not run now is no change.
        boolean isDown = record.phase() instanceof Phase.Suspended
                && specified.job().spec().state() == JobSpec.State.SUSPENDED;
        return ChangeClasses.fields(old.get(), specified.job().spec()).stream()
                .filter(field -> !(isDown && field.field().equals("state")))
                .toList();
    }

    private static JobPlan.Symbol symbol(Rehearsal rehearsal, List<FieldChange> fields) {
        boolean stops =
                rehearsal.has(Step.StopWithSavepoint.class) || rehearsal.has(Step.Cancel.class);
        boolean starts = rehearsal.has(Step.Start.class);
        if (stops || starts) {
            return stops && starts
                    ? JobPlan.Symbol.REPLACE
                    : stops ? JobPlan.Symbol.STOP : JobPlan.Symbol.START;
        }
        if (!rehearsal.holds().isEmpty()) {
            return JobPlan.Symbol.HOLD;
        }
        if (rehearsal.isScheduled()) {
            return JobPlan.Symbol.START;
        }
        return fields.isEmpty() ? JobPlan.Symbol.NONE : JobPlan.Symbol.UPDATE;
    }

    private static ChangeClass change(
            Desired desired, JobRecord record, Rehearsal rehearsal, List<FieldChange> fields) {
        if (desired instanceof Desired.Removed) {
            return rehearsal.steps().isEmpty() ? ChangeClass.NOOP : ChangeClass.DELETE;
        }
        boolean isStart = rehearsal.has(Step.Start.class)
                && !rehearsal.has(Step.StopWithSavepoint.class)
                && !rehearsal.has(Step.Cancel.class);
        return Stream.concat(
                        fields.stream().map(FieldChange::change),
                        Stream.of(ChangeClass.START).filter(start -> isStart))
                .max(ChangeClass::compareTo)
                .orElse(record.deployed().isEmpty() ? ChangeClass.START : ChangeClass.NOOP);
    }
}
