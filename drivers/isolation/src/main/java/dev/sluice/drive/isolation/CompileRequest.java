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
 * A program whose graph is wanted.
 *
 * @param jar with its dependencies inside, as it would be uploaded
 * @param mainClass empty when the jar's manifest names it
 * @param configuration what the job would be given; holds no secrets
 * @param parallelism of operators that set none
 */
public record CompileRequest(
        Path jar,
        Optional<String> mainClass,
        List<String> arguments,
        SortedMap<String, String> configuration,
        int parallelism) {
    public CompileRequest {
        requireNonNull(jar, "jar is null");
        requireNonNull(mainClass, "mainClass is null");
        arguments = List.copyOf(arguments);
        configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism must be at least 1: " + parallelism);
        }
    }
}
