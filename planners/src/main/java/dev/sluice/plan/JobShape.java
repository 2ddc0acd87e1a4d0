// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.JobSpec;

/** What a spec says of the kind of job it describes. */
final class JobShape {
    private static final String RUNTIME_MODE = "execution.runtime-mode";
    private static final String INTERVAL = "execution.checkpointing.interval";

    private JobShape() {}

    /** A job that is meant to end. */
    static boolean isBatch(JobSpec spec) {
        return spec.schedule().isPresent()
                || "batch".equalsIgnoreCase(spec.configuration().getOrDefault(RUNTIME_MODE, ""));
    }

    /** Checkpoints are expected: Flink takes none without an interval. */
    static boolean isCheckpointing(JobSpec spec) {
        return spec.configuration().containsKey(INTERVAL) && !isBatch(spec);
    }

    /** The part of a Flink version over which no state is promised to carry. */
    static String major(JobSpec spec) {
        return spec.flink().version().split("\\.", 2)[0];
    }
}
