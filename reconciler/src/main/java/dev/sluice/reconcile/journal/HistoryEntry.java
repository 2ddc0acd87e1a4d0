// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.Reason;
import dev.sluice.plan.Step;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step on a cluster: what was meant, for which commit, and what came of it.
 *
 * @param token fencing token of the controller that meant it
 * @param outcomes oldest first; without a Done or Failed nobody knows yet what came of it
 */
public record HistoryEntry(
        long intent,
        JobKey job,
        Step step,
        Motive motive,
        FencingToken token,
        Instant at,
        List<Result> outcomes) {
    /**
     * Why a step was meant.
     *
     * @param commit the commit that was followed then
     * @param author of that commit, when the journal knows the commit
     * @param signer whose key verified it, when one did
     * @param plan id of the plan that the step belongs to; rows of older versions have none
     */
    public record Motive(
            CommitId commit,
            Optional<String> author,
            Optional<String> signer,
            Optional<String> plan,
            Reason reason) {
        public Motive {
            requireNonNull(commit, "commit is null");
            requireNonNull(author, "author is null");
            requireNonNull(signer, "signer is null");
            requireNonNull(plan, "plan is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** An outcome and when it was recorded. */
    public record Result(Outcome outcome, Instant at) {
        public Result {
            requireNonNull(outcome, "outcome is null");
            requireNonNull(at, "at is null");
        }

        public boolean isFinal() {
            return outcome instanceof Outcome.Done || outcome instanceof Outcome.Failed;
        }
    }

    public HistoryEntry {
        requireNonNull(job, "job is null");
        requireNonNull(step, "step is null");
        requireNonNull(motive, "motive is null");
        requireNonNull(token, "token is null");
        requireNonNull(at, "at is null");
        outcomes = List.copyOf(outcomes);
    }

    public CommitId commit() {
        return motive.commit();
    }

    /** True until it is known that the effect happened or did not. */
    public boolean isOpen() {
        return outcomes.stream().noneMatch(Result::isFinal);
    }
}
