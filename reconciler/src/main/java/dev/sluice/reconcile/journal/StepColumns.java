// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.plan.Step;
import dev.sluice.spec.JobId;
import dev.sluice.spec.TriggerId;
import java.util.Optional;

/** What of a step stands in columns of its own, for whoever reads the journal with other tools. */
record StepColumns(
        String word,
        int attempt,
        Optional<JobId> job,
        Optional<TriggerId> trigger,
        Optional<String> directory) {
    static StepColumns of(Step step) {
        return step.accept(new Reader());
    }

    private static StepColumns plain(String word, int attempt) {
        return new StepColumns(word, attempt, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static StepColumns about(String word, int attempt, JobId job) {
        return new StepColumns(word, attempt, Optional.of(job), Optional.empty(), Optional.empty());
    }

    private static final class Reader implements Step.Handler<StepColumns> {
        @Override
        public StepColumns stage(Step.Stage step) {
            return plain("Stage", 0);
        }

        @Override
        public StepColumns stop(Step.StopWithSavepoint step) {
            return new StepColumns(
                    "StopWithSavepoint",
                    step.attempt(),
                    Optional.of(step.id()),
                    Optional.of(step.trigger()),
                    Optional.of(step.directory()));
        }

        @Override
        public StepColumns cancel(Step.Cancel step) {
            return about("Cancel", step.attempt(), step.id());
        }

        @Override
        public StepColumns prove(Step.ProveAbsent step) {
            return plain("ProveAbsent", step.newestAttempt());
        }

        @Override
        public StepColumns discover(Step.DiscoverState step) {
            return plain("DiscoverState", step.newestAttempt());
        }

        @Override
        public StepColumns start(Step.Start step) {
            return about("Start", step.attempt(), step.id());
        }

        @Override
        public StepColumns rescale(Step.Rescale step) {
            return about("Rescale", step.attempt(), step.id());
        }

        @Override
        public StepColumns apply(Step.ApplyLive step) {
            return about("ApplyLive", step.attempt(), step.id());
        }

        @Override
        public StepColumns end(Step.EndCluster step) {
            return about("EndCluster", step.attempt(), step.id());
        }
    }
}
