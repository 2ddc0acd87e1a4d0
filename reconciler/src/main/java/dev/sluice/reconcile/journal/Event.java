// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Something a person may want to know, of one job or of the environment.
 *
 * @param word one word for machines: a {@link dev.sluice.plan.Reason}, or the name of what happened
 * @param text a sentence for people; never a secret
 */
public record Event(
        Optional<JobKey> job, String word, String text, Optional<CommitId> commit, Instant at) {
    public Event {
        requireNonNull(job, "job is null");
        requireNonNull(word, "word is null");
        requireNonNull(text, "text is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(at, "at is null");
    }
}
