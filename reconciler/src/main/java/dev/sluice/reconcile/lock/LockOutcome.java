// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.lock;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.LockFile;
import java.util.List;

/**
 * What one lock file has to say, or why nobody knows.
 *
 * @param job {@code team/name}
 * @param before the file as it is
 * @param after the file as it has to be; of no use when there are findings
 * @param findings what is wrong, each with its place
 * @param reasons those of the findings that a repository is the cause of
 */
public record LockOutcome(
        String job,
        LockFile before,
        LockFile after,
        List<SpecError> findings,
        List<ArtifactFailure.Reason> reasons) {
    public LockOutcome {
        requireNonNull(job, "job is null");
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
        findings = List.copyOf(findings);
        reasons = List.copyOf(reasons);
    }

    public boolean isKnown() {
        return findings.isEmpty();
    }

    /** What differs in meaning; who answered does not count. */
    public List<LockChange> changes() {
        return LockChange.between(before, after);
    }

    LockOutcome with(List<SpecError> more) {
        return new LockOutcome(job, before, after, more, reasons);
    }
}
