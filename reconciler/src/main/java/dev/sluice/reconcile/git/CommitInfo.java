// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import java.time.Instant;

/**
 * A commit as people name it.
 *
 * @param author {@code Name <address>} as the commit claims, not proven by a signature
 * @param time when it was committed, by the committer's clock
 * @param subject first paragraph of the message, on one line
 */
public record CommitInfo(CommitId commit, String author, Instant time, String subject) {
    public CommitInfo {
        requireNonNull(commit, "commit is null");
        requireNonNull(author, "author is null");
        requireNonNull(time, "time is null");
        requireNonNull(subject, "subject is null");
    }
}
