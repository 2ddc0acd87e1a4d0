// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.admit.Admission;
import dev.sluice.plan.admit.AdmissionPolicy;
import dev.sluice.plan.admit.Applicant;
import dev.sluice.plan.admit.Circumstances;
import dev.sluice.plan.admit.Window;
import dev.sluice.plan.change.ChangeClass;
import dev.sluice.spec.JobKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The rules of an environment that has one job: what asks for an approval, and a closed window. */
final class Waiting {
    private final List<ChangeClass> approvals = new ArrayList<>();
    private boolean isApproved = false;
    private boolean isClosed = false;

    void asksApproval(String classes) {
        Arrays.stream(classes.split(",")).map(ChangeClass::valueOf).forEach(approvals::add);
    }

    void approve() {
        isApproved = true;
    }

    void close(boolean closed) {
        isClosed = closed;
    }

    /** Why what was decided may not begin, if so. */
    Optional<Hold> hold(Desired desired, JobRecord record, Decision decision, Instant now) {
        Applicant job = new Applicant(desired, record, decision, now);
        return Optional.ofNullable(new Admission()
                .holds(List.of(job), circumstances(record.key(), now))
                .get(record.key()));
    }

    private Circumstances circumstances(JobKey key, Instant now) {
        AdmissionPolicy base = AdmissionPolicy.DEFAULT;
        TreeMap<String, List<Window>> windows = new TreeMap<>();
        if (isClosed) {
            windows.put("main", List.of());
        }
        return new Circumstances(
                new AdmissionPolicy(
                        base.maxConcurrentRestarts(),
                        base.perCluster(),
                        base.perQueue(),
                        base.canary(),
                        base.canaryTimeout(),
                        base.stopAfterFailures(),
                        base.massChangePercent(),
                        approvals),
                windows,
                List.of(),
                isApproved ? List.of(key) : List.of(),
                now);
    }
}
