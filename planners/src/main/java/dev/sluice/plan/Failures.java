// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.FailurePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The budget of restarts: failures are counted, and the next start waits. After the only failure of the
 * window it does not: what took the job down, such as a lost JobManager, is over more often than not.
 */
final class Failures {
    /** Enough to exceed any sensible budget, and a bound for the record. */
    private static final int MOST = 200;

    private Failures() {}

    static JobRecord counted(JobRecord record, Instant now) {
        FailurePolicy policy =
                record.deployed().map(job -> job.spec().onFailure()).orElse(FailurePolicy.DEFAULT);
        Instant from = now.minus(policy.window());
        List<Instant> failures = new ArrayList<>();
        failures.add(now);
        record.failures().stream()
                .filter(at -> at.isAfter(from))
                .limit(MOST)
                .forEach(failures::add);
        JobRecord counted = record.failures(failures);
        return failures.size() == 1
                ? counted
                : counted.with(record.notes().notBefore(now.plus(policy.backoff())));
    }
}
