// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer for one job at one moment.
 *
 * @param next the record as it must be stored before the step is done; the very same object as the
 *     record decided on when nothing changed
 * @param step at most one effect
 * @param holds what does not happen yet, and why
 * @param reason the one word for the present state of affairs
 * @param comeBackAt when time alone may change the answer
 */
public record Decision(
        JobRecord next,
        Optional<Step> step,
        List<Hold> holds,
        Reason reason,
        Optional<Instant> comeBackAt) {
    public Decision {
        requireNonNull(next, "next is null");
        requireNonNull(step, "step is null");
        holds = List.copyOf(holds);
        requireNonNull(reason, "reason is null");
        requireNonNull(comeBackAt, "comeBackAt is null");
    }

    /** One effect now. */
    static Decision act(JobRecord next, Step step, Reason reason) {
        return new Decision(next, Optional.of(step), List.of(), reason, Optional.empty());
    }

    /** One effect now, while something else waits. */
    static Decision act(JobRecord next, Step step, Hold hold) {
        return new Decision(
                next, Optional.of(step), List.of(hold), hold.reason(), Optional.empty());
    }

    /** Nothing to do. */
    static Decision rest(JobRecord next, Reason reason) {
        return new Decision(next, Optional.empty(), List.of(), reason, Optional.empty());
    }

    /** Nothing may be done yet. */
    static Decision hold(JobRecord next, Reason reason, String text) {
        return new Decision(
                next, Optional.empty(), List.of(new Hold(reason, text)), reason, Optional.empty());
    }

    /** Nothing may be done before an instant. */
    static Decision hold(JobRecord next, Reason reason, String text, Instant comeBackAt) {
        return new Decision(
                next,
                Optional.empty(),
                List.of(new Hold(reason, text)),
                reason,
                Optional.of(comeBackAt));
    }

    /** The same about an equal record. */
    Decision with(JobRecord equal) {
        return new Decision(equal, step, holds, reason, comeBackAt);
    }

    /** The same, decided again at the latest then. */
    Decision lookingAgainAt(Instant instant) {
        return comeBackAt.isPresent()
                ? this
                : new Decision(next, step, holds, reason, Optional.of(instant));
    }

    Decision because(Reason other) {
        return new Decision(next, step, holds, other, comeBackAt);
    }

    /** The same, and one thing more that waits. */
    Decision with(Hold hold) {
        List<Hold> more = new ArrayList<>(holds);
        more.add(hold);
        return new Decision(next, step, more, reason, comeBackAt);
    }
}
