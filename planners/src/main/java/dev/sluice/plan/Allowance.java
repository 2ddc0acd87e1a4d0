// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

/** What a person may allow by a row of {@code allowances.yaml}. */
public enum Allowance {
    MASS_CHANGE,
    EMPTY_START,
    CLUSTER_GONE,
    NOT_PORTABLE,
    APPROVAL
}
