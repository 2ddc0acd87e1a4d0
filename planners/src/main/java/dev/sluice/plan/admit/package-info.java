// SPDX-License-Identifier: Apache-2.0

/**
 * Which jobs of an environment may begin now what the planner decided for each: turns, waves, order,
 * windows, guard rails.
 *
 * <p>Looks at all jobs at once and only ever says "not yet". What has begun is never held here: a
 * stopped job must start again.
 */
package dev.sluice.plan.admit;
