// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which Flink a world has. */
record Setting(String flinkVersion, Kind kind) {
    private static final Pattern RESCALE =
            Pattern.compile("PUT /jobs/[0-9a-f]+/resource-requirements");

    /** How the job has it. */
    enum Kind {
        /** A session cluster, where another parallelism takes a restart. */
        SESSION("session", ""),

        /** A session cluster that changes the parallelism of a job as it runs. */
        ADAPTIVE("session", ", scheduler: adaptive"),

        /** Each attempt has processes of its own. */
        APPLICATION("application", "");

        private final String mode;
        private final String scheduler;

        Kind(String mode, String scheduler) {
            this.mode = mode;
            this.scheduler = scheduler;
        }

        /** As the job's spec says. */
        String mode() {
            return mode;
        }

        /** What the cluster's entry says besides. */
        String scheduler() {
            return scheduler;
        }
    }

    Setting {
        requireNonNull(flinkVersion, "flinkVersion is null");
        requireNonNull(kind, "kind is null");
    }

    static Setting session(String flinkVersion) {
        return new Setting(flinkVersion, Kind.SESSION);
    }

    /** Whether such a step, and what follows from it, leaves the attempt in its place. */
    boolean isInPlace(StepKind step) {
        return kind == Kind.ADAPTIVE && step.scene() == Scene.RESCALING;
    }

    /** The request that asks a session cluster for such a step; empty when it is not asked. */
    Optional<Pattern> request(StepKind step) {
        return isInPlace(step) ? Optional.of(RESCALE) : step.request();
    }
}
