// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobSpec;

/** What must be at hand before the old job may be stopped. */
public record StageRequest(JobSpec spec) {
    public StageRequest {
        requireNonNull(spec, "spec is null");
    }
}
