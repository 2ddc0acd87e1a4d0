// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.SourceLocation;
import java.util.Optional;

/**
 * One field of a spec that differs.
 *
 * @param field dotted name as written in {@code job.yaml}
 * @param before old value as text, empty when the field was absent
 * @param after new value as text, empty when the field is absent
 * @param change what this field's change costs
 * @param where the line that set the new value, when the loader told
 */
public record FieldChange(
        String field,
        String before,
        String after,
        ChangeClass change,
        Optional<SourceLocation> where) {
    public FieldChange {
        requireNonNull(field, "field is null");
        requireNonNull(before, "before is null");
        requireNonNull(after, "after is null");
        requireNonNull(change, "change is null");
        requireNonNull(where, "where is null");
    }

    /** The same with the line that set the new value. */
    public FieldChange at(SourceLocation location) {
        return new FieldChange(field, before, after, change, Optional.of(location));
    }
}
