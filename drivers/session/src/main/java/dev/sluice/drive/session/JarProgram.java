// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFiles.Fetched;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A program as a cluster of its own runs it.
 *
 * @param jars the program first, then what it needs
 * @param entry the jar with Flink's entry point
 * @param configuration reserved keys included
 */
public record JarProgram(
        List<Fetched> jars,
        Fetched entry,
        String mainClass,
        List<String> arguments,
        SortedMap<String, String> configuration) {
    public JarProgram {
        jars = List.copyOf(jars);
        requireNonNull(entry, "entry is null");
        requireNonNull(mainClass, "mainClass is null");
        arguments = List.copyOf(arguments);
        configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
    }

    /** The same program with more arguments. */
    public JarProgram with(List<String> more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(more);
        return new JarProgram(jars, entry, mainClass, all, configuration);
    }

    /** All that it consists of. */
    List<Path> files() {
        return Stream.concat(jars.stream(), Stream.of(entry)).map(Fetched::file).toList();
    }
}
