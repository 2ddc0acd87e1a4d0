// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobSpec;
import dev.sluice.spec.layer.Origin;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A specification and where each leaf of it comes from; a leaf without an origin is a built-in default.
 *
 * @param origins JSON pointer into the effective {@code job.yaml} to origin
 */
public record Explanation(JobSpec spec, SortedMap<String, Origin> origins) {
    public Explanation {
        requireNonNull(spec, "spec is null");
        origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
    }
}
