// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.FailurePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The budget of restarts: failures are counted, and the next start waits. */
final class Failures {
    private Failures() {}

    static JobRecord counted(JobRecord record, Instant now) {
        FailurePolicy policy =
                record.deployed().map(job -> job.spec().onFailure()).orElse(FailurePolicy.DEFAULT);
        List<Instant> failures = new ArrayList<>(record.failures());
        failures.add(0, now);
        return record.failures(failures).with(record.notes().notBefore(now.plus(policy.backoff())));
    }
}
