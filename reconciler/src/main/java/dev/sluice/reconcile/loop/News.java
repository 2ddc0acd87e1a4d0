// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Step;
import dev.sluice.reconcile.git.Fetched;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.read.CommitReading;
import java.util.Optional;

/**
 * What comes back from the world to the loop. News only replaces what is known and says which jobs
 * to look at again; no decision depends on having seen a particular one.
 */
sealed interface News {
    /** One method per kind; the loop is the only implementation. */
    interface Reader {
        void gitSaid(GitSaid news);

        void observed(ClusterSeen news);

        void stepEnded(StepEnded news);
    }

    void tell(Reader reader);

    /** The answer of the git source, and what its newest commit says when there is one. */
    record GitSaid(Fetched fetched, Optional<CommitReading> reading) implements News {
        public GitSaid {
            requireNonNull(fetched, "fetched is null");
            requireNonNull(reading, "reading is null");
        }

        @Override
        public void tell(Reader reader) {
            reader.gitSaid(this);
        }
    }

    /** The answer of one cluster. */
    record ClusterSeen(ClusterObservation observation) implements News {
        public ClusterSeen {
            requireNonNull(observation, "observation is null");
        }

        @Override
        public void tell(Reader reader) {
            reader.observed(this);
        }
    }

    /** A step has an outcome. */
    record StepEnded(JobKey job, Step step, Outcome outcome) implements News {
        public StepEnded {
            requireNonNull(job, "job is null");
            requireNonNull(step, "step is null");
            requireNonNull(outcome, "outcome is null");
        }

        @Override
        public void tell(Reader reader) {
            reader.stepEnded(this);
        }
    }
}
