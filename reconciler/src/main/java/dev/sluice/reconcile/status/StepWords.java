// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import dev.sluice.plan.Step;

/** Steps in the words of people. */
public final class StepWords implements Step.Handler<StepWords.Words> {
    /**
     * A step in words.
     *
     * @param verb such as {@code stop with savepoint}
     * @param sentence what it does to the job and its state
     */
    record Words(String verb, String sentence, int attempt) {}

    private static final StepWords WORDS = new StepWords();

    private StepWords() {}

    public static String verb(Step step) {
        return step.accept(WORDS).verb();
    }

    public static String sentence(Step step) {
        return step.accept(WORDS).sentence();
    }

    /** The attempt the step is about; 0 before the first. */
    public static int attempt(Step step) {
        return step.accept(WORDS).attempt();
    }

    @Override
    public Words stage(Step.Stage step) {
        return new Words("stage", "bring artifacts to cluster " + step.cluster(), 0);
    }

    @Override
    public Words stop(Step.StopWithSavepoint step) {
        return new Words(
                "stop with savepoint",
                "stop attempt " + step.attempt() + " with a savepoint in " + step.directory(),
                step.attempt());
    }

    @Override
    public Words cancel(Step.Cancel step) {
        return new Words(
                "cancel",
                "cancel attempt " + step.attempt() + " without savepoint",
                step.attempt());
    }

    @Override
    public Words prove(Step.ProveAbsent step) {
        return new Words(
                "prove absent",
                "make sure that no attempt up to " + step.newestAttempt() + " runs",
                step.newestAttempt());
    }

    @Override
    public Words discover(Step.DiscoverState step) {
        return new Words(
                "discover state",
                "look on storage for state of attempts up to " + step.newestAttempt(),
                0);
    }

    @Override
    public Words start(Step.Start step) {
        return new Words(
                "start",
                "start attempt " + step.attempt() + " as " + step.id() + " from " + step.from(),
                step.attempt());
    }
}
