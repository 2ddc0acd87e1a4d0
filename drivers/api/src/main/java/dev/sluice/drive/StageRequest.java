// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobSpec;
import dev.sluice.spec.observed.StatePointer;
import java.util.Optional;

/**
 * What must be at hand, and known to be right, before the old job may be stopped.
 *
 * @param state newest known state that the job would be started from; of attempt 0 when a person named
 *     it. A running job may have replaced it by a newer one meanwhile
 * @param attempt whose state on storage counts when none is known; 0 when none does
 * @param hasRun this very spec has run before: only its artifacts are in question
 */
public record StageRequest(
        JobSpec spec, Optional<StatePointer> state, int attempt, boolean hasRun) {
    public StageRequest {
        requireNonNull(spec, "spec is null");
        requireNonNull(state, "state is null");
    }
}
