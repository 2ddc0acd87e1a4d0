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
 * @param values dotted field names below the component to the values that are compared
 * @param shown the same names to the values that people see
 * @param change the class of a change, by the field's name
 */
record Field(
        String component,
        Function<JobSpec, SortedMap<String, String>> values,
        Function<JobSpec, SortedMap<String, String>> shown,
        Function<String, ChangeClass> change) {
    Field {
        requireNonNull(component, "component is null");
        requireNonNull(values, "values is null");
        requireNonNull(shown, "shown is null");
        requireNonNull(change, "change is null");
    }

    /** A single value; an empty text counts as absent. */
    static Field one(
            String component, String name, Function<JobSpec, String> value, ChangeClass change) {
        return one(component, name, value, value, change);
    }

    /** A single value that people see in another form than the one that is compared. */
    static Field one(
            String component,
            String name,
            Function<JobSpec, String> value,
            Function<JobSpec, String> shown,
            ChangeClass change) {
        return new Field(
                component,
                spec -> single(name, value.apply(spec)),
                spec -> single(name, shown.apply(spec)),
                ignored -> change);
    }

    private static SortedMap<String, String> single(String name, String value) {
        SortedMap<String, String> map = new TreeMap<>();
        if (!value.isEmpty()) {
            map.put(name, value);
        }
        return map;
    }
}
