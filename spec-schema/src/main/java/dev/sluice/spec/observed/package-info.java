// SPDX-License-Identifier: Apache-2.0

/**
 * What was seen of a job, and what came of a step: the values that drivers produce and planners read.
 *
 * <p>Three-valued on purpose: present, proven absent, unknown. Unknown never justifies an action.
 */
package dev.sluice.spec.observed;
