// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.admit;

import dev.sluice.plan.Hold;
import java.util.Optional;

/** One reason to say "not yet" that does not depend on who else is admitted in the same round. */
interface Gate {
    Optional<Hold> hold(Applicant applicant, Beginning beginning);
}
