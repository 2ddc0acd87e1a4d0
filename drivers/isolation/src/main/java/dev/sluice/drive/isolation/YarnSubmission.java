// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One application on its way to YARN.
 *
 * @param application id that was reserved for it; it is taken once, however often it is submitted
 * @param configuration of Flink, complete
 * @param mainClass of the application's one job; empty for a session cluster, which takes jobs later
 * @param graph of the one job, made before; in per-job mode only
 * @param logging folder with {@code log4j.properties} for Flink's processes
 */
public record YarnSubmission(
        String application,
        SortedMap<String, String> configuration,
        Optional<String> mainClass,
        List<String> arguments,
        Optional<Path> graph,
        Path logging) {
    public YarnSubmission {
        requireNonNull(application, "application is null");
        configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
        requireNonNull(mainClass, "mainClass is null");
        arguments = List.copyOf(arguments);
        requireNonNull(graph, "graph is null");
        requireNonNull(logging, "logging is null");
    }

    /** Whose program, if it has one, runs on the cluster. */
    public YarnSubmission(
            String application,
            SortedMap<String, String> configuration,
            Optional<String> mainClass,
            List<String> arguments,
            Path logging) {
        this(application, configuration, mainClass, arguments, Optional.empty(), logging);
    }
}
