// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import java.util.Locale;

/** One line about a step, for plans, events and tests. */
public final class StepText implements Step.Handler<String> {
    /** The line of a step. */
    public static String of(Step step) {
        return step.accept(new StepText());
    }

    @Override
    public String stage(Step.Stage step) {
        return "stage the artifacts of " + step.target().commit().brief();
    }

    @Override
    public String stop(Step.StopWithSavepoint step) {
        String format = step.format().name().toLowerCase(Locale.ROOT);
        return "stop attempt " + step.attempt() + " with a " + format + " savepoint";
    }

    @Override
    public String cancel(Step.Cancel step) {
        return "cancel attempt " + step.attempt() + " without a savepoint";
    }

    @Override
    public String prove(Step.ProveAbsent step) {
        return "prove that no attempt up to " + step.newestAttempt() + " runs";
    }

    @Override
    public String discover(Step.DiscoverState step) {
        return "search storage for state of attempts up to " + step.newestAttempt();
    }

    @Override
    public String start(Step.Start step) {
        return "start attempt " + step.attempt() + " of "
                + step.target().commit().brief() + " from " + step.from();
    }
}
