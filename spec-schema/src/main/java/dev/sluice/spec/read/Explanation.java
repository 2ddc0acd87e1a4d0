// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobSpec;
import dev.sluice.spec.bind.BuiltIn;
import dev.sluice.spec.bind.JobWriter;
import dev.sluice.spec.layer.Origin;
import dev.sluice.spec.yaml.Pointers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A specification and where each leaf of it comes from; a leaf without an origin is a built-in default.
 *
 * @param origins JSON pointer into the effective {@code job.yaml} to origin
 */
public record Explanation(JobSpec spec, SortedMap<String, Origin> origins) {
    /**
     * One value that is in force.
     *
     * @param value a list, text, number or boolean
     * @param origin the file that says so; empty when it is built in, or who the job is
     * @param builtIn what would be in force if no file said anything
     */
    public record Leaf(
            String pointer, Object value, Optional<Origin> origin, Optional<Object> builtIn) {
        public Leaf {
            requireNonNull(pointer, "pointer is null");
            requireNonNull(value, "value is null");
            requireNonNull(origin, "origin is null");
            requireNonNull(builtIn, "builtIn is null");
        }
    }

    public Explanation {
        requireNonNull(spec, "spec is null");
        origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    }

    /** Every value that is in force, by pointer. */
    public List<Leaf> leaves() {
        List<Leaf> leaves = new ArrayList<>();
        add("", JobWriter.complete(spec), BuiltIn.of(spec.key()), leaves);
        return List.copyOf(leaves);
    }

    private void add(
            String pointer, Object value, SortedMap<String, Object> builtIn, List<Leaf> leaves) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) ->
                    add(Pointers.child(pointer, key.toString()), child, builtIn, leaves));
            return;
        }
        leaves.add(new Leaf(
                pointer, value, origin(pointer), Optional.ofNullable(builtIn.get(pointer))));
    }

    /** The origin of a leaf, or of the list or map value it is part of. */
    private Optional<Origin> origin(String pointer) {
        String nearest = pointer;
        while (!nearest.isEmpty()) {
            Origin origin = origins.get(nearest);
            if (origin != null) {
                return Optional.of(origin);
            }
            nearest = Pointers.parent(nearest);
        }
        return Optional.empty();
    }
}
