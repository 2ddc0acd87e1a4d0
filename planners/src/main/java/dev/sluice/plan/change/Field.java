// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobSpec;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One row of the change table.
 *
 * @param component component of {@link JobSpec} that the row reads
 * @param values dotted field names below the component to their values as text
 * @param change the class of a change, by the field's name
 */
record Field(
        String component,
        Function<JobSpec, SortedMap<String, String>> values,
        Function<String, ChangeClass> change) {
    Field {
        requireNonNull(component, "component is null");
        requireNonNull(values, "values is null");
        requireNonNull(change, "change is null");
    }

    /** A single value; an empty text counts as absent. */
    static Field one(
            String component, String name, Function<JobSpec, String> value, ChangeClass change) {
        return new Field(component, spec -> single(name, value.apply(spec)), ignored -> change);
    }

    private static SortedMap<String, String> single(String name, String value) {
        SortedMap<String, String> map = new TreeMap<>();
        if (!value.isEmpty()) {
            map.put(name, value);
        }
        return map;
    }
}
