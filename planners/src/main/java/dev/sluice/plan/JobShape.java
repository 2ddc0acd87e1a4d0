// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobSpec;

/** What a spec says of the kind of job it describes. */
final class JobShape {
    private static final String RUNTIME_MODE = "execution.runtime-mode";
    private static final String SCHEDULER = "jobmanager.scheduler";
    /** How far apart checkpoints are; without it there are none. */
    static final String INTERVAL = "execution.checkpointing.interval";

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

    /** The Flink cluster runs this job and no other. */
    static boolean hasOwnCluster(JobSpec spec) {
        return spec.flink().mode() != FlinkTarget.Mode.SESSION;
    }

    /**
     * Flink can change the parallelism of a running job: since 1.18 (FLIP-291), with the adaptive
     * scheduler only.
     */
    static boolean isRescalable(JobSpec spec) {
        boolean isAdaptive =
                "adaptive".equalsIgnoreCase(spec.configuration().getOrDefault(SCHEDULER, ""));
        return isAdaptive && !isBatch(spec) && isAtLeast(spec, 1, 18);
    }

    private static boolean isAtLeast(JobSpec spec, int major, int minor) {
        String[] parts = spec.flink().version().split("\\.", 3);
        int itsMajor = Integer.parseInt(parts[0]);
        int itsMinor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        return itsMajor > major || itsMajor == major && itsMinor >= minor;
    }

    /** The part of a Flink version over which no state is promised to carry. */
    static String major(JobSpec spec) {
        return spec.flink().version().split("\\.", 2)[0];
    }
}
