// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.JobKey;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The reverse index of a commit: which jobs a change would touch.
 *
 * @param variables dotted name of a variable to the jobs whose rendered form uses it
 * @param files path of a file to the jobs that were rendered from it, their own files included
 */
public record Usage(
        SortedMap<String, SortedSet<JobKey>> variables,
        SortedMap<String, SortedSet<JobKey>> files) {
    public Usage {
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
