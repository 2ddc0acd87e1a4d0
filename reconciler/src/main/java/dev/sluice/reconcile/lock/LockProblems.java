// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.lock;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.JobArtifacts.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why an artifact of a job cannot be locked, at the place that names it. */
final class LockProblems {
    private final String job;
    private final List<SpecError> findings = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();

    LockProblems(String job) {
        this.job = job;
    }

    List<SpecError> findings() {
        return List.copyOf(findings);
    }

    List<Reason> reasons() {
        return List.copyOf(reasons);
    }

    /** The same artifact may be named in several environments; it is told once. */
    void add(Named named, ArtifactFailure failure) {
        if (add("artifact", named, failure.getMessage(), nextStep(failure.reason()))) {
            reasons.add(failure.reason());
        }
    }

    void differingExclusions(Named named, List<String> one, List<String> other) {
        add(
                "exclude",
                named,
                "expected one 'exclude' for " + named.coordinate() + " in all environments, found "
                        + one + " and " + other,
                "write it in the job itself, or in sluice.yaml");
    }

    private boolean add(String rule, Named named, String message, String nextStep) {
        SpecError finding = new SpecError(
                SpecError.Severity.ERROR,
                rule,
                named.at(),
                Optional.of(job),
                "",
                message,
                nextStep);
        return !findings.contains(finding) && findings.add(finding);
    }

    private static String nextStep(Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> "correct the name, or add its repository to the Maven settings";
            case OTHER_BYTES ->
                "find out who changed it; if that is meant, run" + " 'sluice lock --update'";
            case UNUSABLE -> "name a jar that is whole";
            case DENIED -> "check the Maven settings and what this machine may ask";
            case TIMED_OUT, UNREACHABLE -> "try again when the repository answers";
        };
    }
}
