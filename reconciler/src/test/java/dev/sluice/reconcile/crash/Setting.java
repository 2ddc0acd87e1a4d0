// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which Flink a world has.
 *
 * @param isAdaptive whether a job gets another parallelism as it runs, or by a restart
 */
record Setting(String flinkVersion, boolean isAdaptive) {
    private static final Pattern RESCALE =
            Pattern.compile("PUT /jobs/[0-9a-f]+/resource-requirements");

    Setting {
        requireNonNull(flinkVersion, "flinkVersion is null");
    }

    /** Whether such a step, and what follows from it, leaves the attempt in its place. */
    boolean isInPlace(StepKind kind) {
        return isAdaptive && kind.scene() == Scene.RESCALING;
    }

    /** The request that asks Flink for such a step; empty when Flink is not asked. */
    Optional<Pattern> request(StepKind kind) {
        return isInPlace(kind) ? Optional.of(RESCALE) : kind.request();
    }
}
