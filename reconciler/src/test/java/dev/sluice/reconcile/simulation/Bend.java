// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.plan.Decision;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Step;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** Where a mistake can be put between planner, executor and journal of a run; none by default. */
interface Bend {
    /** The controller as it is. */
    Bend NONE = new Bend() {};

    /** What the planner is told to have been seen. */
    default Observed seen(Observed observed) {
        return observed;
    }

    /** What becomes of a decision before it is stored. */
    default Decision decided(JobRecord before, Decision decision) {
        return decision;
    }

    /** What becomes of an outcome before it is absorbed. */
    default Outcome answered(Step step, Outcome outcome) {
        return outcome;
    }

    /** What a process that starts makes of a stored record. */
    default JobRecord loaded(JobRecord record) {
        return record;
    }

    /** What admission may hold back. */
    default SortedMap<JobKey, Hold> held(SortedMap<JobKey, Hold> holds) {
        return holds;
    }

    /** The newest scheduled instant that has come. */
    default Optional<Instant> due(Optional<Instant> due, Instant now) {
        return due;
    }

    /** No job is looked after while the call of another has not come back. */
    default boolean callsOneAtATime() {
        return false;
    }

    /** A job that is down begins whatever git wants, held or not. */
    default boolean admitsWhatFailed() {
        return false;
    }

    /** The list of a resource manager that has just taken over is believed. */
    default boolean believesYoungLists() {
        return false;
    }

    /** The effect comes first and its intent afterwards. */
    default boolean actsBeforeIntent() {
        return false;
    }
}
