// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A native cluster in Kubernetes that is to be described.
 *
 * @param configuration of Flink, by the names that its version knows
 * @param logging for log4j
 * @param taskManagerTemplate pod template as JSON
 * @param program of application mode; a session cluster has none
 */
public record NativeRequest(
        SortedMap<String, String> configuration,
        String logging,
        String taskManagerTemplate,
        Optional<Main> program) {
    /**
     * What application mode runs.
     *
     * @param mainClass without one, the manifest of the jar names it
     */
    public record Main(Optional<String> mainClass, List<String> arguments) {
        public Main {
            requireNonNull(mainClass, "mainClass is null");
            arguments = List.copyOf(arguments);
        }
    }

    public NativeRequest {
        configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
        requireNonNull(logging, "logging is null");
        requireNonNull(taskManagerTemplate, "taskManagerTemplate is null");
        requireNonNull(program, "program is null");
    }
}
