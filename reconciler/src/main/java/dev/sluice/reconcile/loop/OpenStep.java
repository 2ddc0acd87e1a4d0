// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Step;
import java.time.Instant;

/**
 * A step whose intent is in the journal and whose outcome is not.
 *
 * @param from the record that was stored with the intent
 * @param begun when it was first asked for in this process
 */
record OpenStep(long intent, Step step, JobRecord from, Instant begun) {}
