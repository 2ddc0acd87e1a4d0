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
 * @param author author of that commit, when the journal knows the commit
 * @param token fencing token of the controller that meant it
 * @param outcomes oldest first; without a Done or Failed nobody knows yet what came of it
 */
public record HistoryEntry(
        long intent,
        JobKey job,
        Step step,
        CommitId commit,
        Optional<String> author,
        Reason reason,
        FencingToken token,
        Instant at,
        List<Result> outcomes) {
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
        requireNonNull(commit, "commit is null");
        requireNonNull(author, "author is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(token, "token is null");
        requireNonNull(at, "at is null");
        outcomes = List.copyOf(outcomes);
    }

    /** True until it is known that the effect happened or did not. */
    public boolean isOpen() {
        return outcomes.stream().noneMatch(Result::isFinal);
    }
}
