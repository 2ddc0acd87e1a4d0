// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EarlierAttempts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A step in words: the same in plans, events, on the page and in tests. */
public final class StepText implements Step.Handler<StepText.Words> {
    /**
     * A step in words.
     *
     * @param verb what it does, such as {@code stop with savepoint}
     * @param attempt the attempt it is about; 0 where it is about none
     * @param taken the line of a step that is taken, with the attempt it concerns
     * @param planned the line of a step that is planned: attempts are numbered when they are made
     */
    public record Words(String verb, int attempt, String taken, String planned) {
        public Words {
            requireNonNull(verb, "verb is null");
            requireNonNull(taken, "taken is null");
            requireNonNull(planned, "planned is null");
        }
    }

    private static final StepText TEXT = new StepText();

    private StepText() {}

    public static Words words(Step step) {
        return step.accept(TEXT);
    }

    /** The line of a step that is taken. */
    public static String of(Step step) {
        return words(step).taken();
    }

    @Override
    public Words stage(Step.Stage step) {
        String text = "stage the artifacts of " + step.target().commit().brief();
        return new Words("stage", 0, text, text);
    }

    @Override
    public Words stop(Step.StopWithSavepoint step) {
        String how = "with a " + step.format().name().toLowerCase(Locale.ROOT) + " savepoint";
        return about("stop with savepoint", step.attempt(), "stop ", how);
    }

    @Override
    public Words cancel(Step.Cancel step) {
        return about("cancel", step.attempt(), "cancel ", "without a savepoint");
    }

    @Override
    public Words prove(Step.ProveAbsent step) {
        int newest = step.newestAttempt();
        return new Words(
                "prove absent",
                newest,
                "prove that no attempt up to " + newest + " runs",
                "prove that no attempt runs");
    }

    @Override
    public Words discover(Step.DiscoverState step) {
        String search = "search storage for state";
        boolean isFirst = step.newestAttempt() == 0 && step.adopted().isEmpty();
        String whose = isFirst ? "every attempt" : "attempts up to " + step.newestAttempt();
        return new Words("discover state", 0, search + " of " + whose, search);
    }

    @Override
    public Words start(Step.Start step) {
        String what = step.target().commit().brief() + " from " + step.from();
        String unless = unless(step);
        return new Words(
                "start",
                step.attempt(),
                "start attempt " + step.attempt() + " of " + what + unless,
                "start " + what);
    }

    /** That no earlier attempt of its own runs goes without saying. */
    private static String unless(Step.Start step) {
        List<String> others = new ArrayList<>();
        for (EarlierAttempts earlier : step.earlier()) {
            if (!earlier.key().equals(step.target().key())) {
                others.add(
                        "an attempt of " + earlier.key().display() + " up to " + earlier.newest());
            }
            earlier.adopted().ifPresent(job -> others.add("job " + job));
        }
        return others.isEmpty() ? "" : ", unless " + String.join(" or ", others) + " runs";
    }

    @Override
    public Words rescale(Step.Rescale step) {
        String how = "in place from " + step.running().spec().resources().parallelism() + " to "
                + step.target().spec().resources().parallelism();
        return about("rescale", step.attempt(), "rescale ", how);
    }

    @Override
    public Words apply(Step.ApplyLive step) {
        String what = "apply the live changes of " + step.target().commit().brief();
        return new Words(
                "apply live", step.attempt(), what + " to attempt " + step.attempt(), what);
    }

    @Override
    public Words end(Step.EndCluster step) {
        return new Words(
                "end cluster",
                step.attempt(),
                "end the cluster of attempt " + step.attempt(),
                "end the cluster of the job");
    }

    private static Words about(String verb, int attempt, String what, String how) {
        return new Words(verb, attempt, what + "attempt " + attempt + " " + how, what + how);
    }
}
