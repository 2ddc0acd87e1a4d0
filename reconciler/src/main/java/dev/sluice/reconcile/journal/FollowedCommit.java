// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.git.CommitInfo;
import dev.sluice.spec.SpecError;
import java.time.Instant;
import java.util.List;

/**
 * A commit of the followed branch and what was made of it.
 *
 * @param reason why that verdict, for people; empty when there is nothing to say
 * @param findings mistakes found in it; an accepted commit may have some, each holding its own job
 * @param at when the verdict was given
 */
public record FollowedCommit(
        CommitInfo info, Verdict verdict, String reason, List<SpecError> findings, Instant at) {
    /** What was made of a commit. */
    public enum Verdict {
        /** It is in force. */
        ACCEPTED,
        /** It is held back as a whole; the last accepted one stays in force. */
        REFUSED,
        /** The branch had moved past it before it was looked at. */
        PASSED
    }

    public FollowedCommit {
        requireNonNull(info, "info is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(reason, "reason is null");
        findings = List.copyOf(findings);
        requireNonNull(at, "at is null");
    }
}
