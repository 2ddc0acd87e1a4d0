// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;

/** What git says of one job. */
public sealed interface Desired {
    /** The commit that says so. */
    CommitId commit();

    /** Short id of the wish: the same for every commit that says the same of this job. */
    String plan();

    /** Git wants the job to run. */
    boolean isToRun();

    /**
     * The job shall be as its spec says, running or suspended.
     *
     * @param commit the commit followed now; {@code job.commit()} is older when the newest spec is
     *     invalid and the last good one stays in force
     */
    record Specified(CommitId commit, EffectiveJob job) implements Desired {
        public Specified {
            requireNonNull(commit, "commit is null");
            requireNonNull(job, "job is null");
        }

        @Override
        public String plan() {
            return job.digest().brief();
        }

        @Override
        public boolean isToRun() {
            return job.spec().state() == JobSpec.State.RUNNING;
        }
    }

    /** No file claims the job any more: suspend it with a final savepoint and keep its ledger. */
    record Removed(CommitId commit) implements Desired {
        public Removed {
            requireNonNull(commit, "commit is null");
        }

        @Override
        public String plan() {
            return "removed";
        }

        @Override
        public boolean isToRun() {
            return false;
        }
    }
}
