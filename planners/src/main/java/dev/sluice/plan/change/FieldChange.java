// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import static java.util.Objects.requireNonNull;

/**
 * One field of a spec that differs.
 *
 * @param field dotted name as written in {@code job.yaml}
 * @param before old value as text, empty when the field was absent
 * @param after new value as text, empty when the field is absent
 * @param change what this field's change costs
 */
public record FieldChange(String field, String before, String after, ChangeClass change) {
    public FieldChange {
        requireNonNull(field, "field is null");
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
        requireNonNull(change, "change is null");
    }
}
