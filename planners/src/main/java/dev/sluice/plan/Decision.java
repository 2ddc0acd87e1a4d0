// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The answer for one job at one moment.
 *
 * @param next the record as it must be stored before the step is done
 * @param step at most one effect
 * @param holds what does not happen yet, and why
 * @param reason the one word for the present state of affairs
 */
public record Decision(JobRecord next, Optional<Step> step, List<Hold> holds, Reason reason) {
    public Decision {
        requireNonNull(next, "next is null");
        requireNonNull(step, "step is null");
        holds = List.copyOf(holds);
        requireNonNull(reason, "reason is null");
    }
}
