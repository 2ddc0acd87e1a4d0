// SPDX-License-Identifier: Apache-2.0

/**
 * What a change of a spec costs: one table beside the spec's record, and the comparison by it.
 *
 * <p>Knows nothing of running jobs. A field or a configuration key that the table does not list is
 * taken for dangerous.
 */
package dev.sluice.plan.change;
