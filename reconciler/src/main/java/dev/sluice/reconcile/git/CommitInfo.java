// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import java.time.Instant;
import java.util.Optional;

/**
 * A commit as people name it.
 *
 * @param author {@code Name <address>} as the commit claims, not proven by a signature
 * @param time when it was committed, by the committer's clock
 * @param subject first paragraph of the message, on one line
 * @param signer whom the allowed signers name, and the key; only of commits that were looked at
 */
public record CommitInfo(
        CommitId commit, String author, Instant time, String subject, Optional<String> signer) {
    public CommitInfo {
        requireNonNull(commit, "commit is null");
        requireNonNull(author, "author is null");
        requireNonNull(time, "time is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(signer, "signer is null");
    }

    /** A commit whose signature nobody looked at. */
    public CommitInfo(CommitId commit, String author, Instant time, String subject) {
        this(commit, author, time, subject, Optional.empty());
    }

    CommitInfo signedBy(Optional<String> who) {
        return new CommitInfo(commit, author, time, subject, who);
    }
}
