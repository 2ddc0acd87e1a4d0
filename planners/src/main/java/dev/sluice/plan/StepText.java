// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import java.util.Locale;

/** One line about a step, for plans, events and tests. */
public final class StepText implements Step.Handler<String> {
    private final boolean withAttempts;

    private StepText(boolean withAttempts) {
        this.withAttempts = withAttempts;
    }

    /** The line of a step that is taken, with the attempt it concerns. */
    public static String of(Step step) {
        return step.accept(new StepText(true));
    }

    /** The line of a step that is planned: attempts are numbered when they are made. */
    static String planned(Step step) {
        return step.accept(new StepText(false));
    }

    @Override
    public String stage(Step.Stage step) {
        return "stage the artifacts of " + step.target().commit().brief();
    }

    @Override
    public String stop(Step.StopWithSavepoint step) {
        String format = step.format().name().toLowerCase(Locale.ROOT);
        return "stop " + attempt(step.attempt()) + "with a " + format + " savepoint";
    }

    @Override
    public String cancel(Step.Cancel step) {
        return "cancel " + attempt(step.attempt()) + "without a savepoint";
    }

    @Override
    public String prove(Step.ProveAbsent step) {
        return "prove that no attempt" + upTo(step.newestAttempt()) + " runs";
    }

    @Override
    public String discover(Step.DiscoverState step) {
        return "search storage for state" + (withAttempts ? " of attempts" : "")
                + upTo(step.newestAttempt());
    }

    @Override
    public String start(Step.Start step) {
        return "start " + attempt(step.attempt()) + (withAttempts ? "of " : "")
                + step.target().commit().brief() + " from " + step.from();
    }

    private String attempt(int number) {
        return withAttempts ? "attempt " + number + " " : "";
    }

    private String upTo(int number) {
        return withAttempts ? " up to " + number : "";
    }
}
