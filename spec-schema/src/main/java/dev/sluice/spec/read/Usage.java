// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.JobKey;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.layer.Origin;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

    static Usage of(Memory memory) {
        SortedMap<String, SortedSet<JobKey>> variables = new TreeMap<>();
        SortedMap<String, SortedSet<JobKey>> files = new TreeMap<>();
        for (JobReading reading : memory.readings().values()) {
            reading.key().ifPresent(key -> {
                reading.asked().forEach(name -> put(variables, name, key));
                files(reading).forEach(file -> put(files, file, key));
            });
        }
        return new Usage(variables, files);
    }

    private static SortedSet<String> files(JobReading reading) {
        SortedSet<String> files = new TreeSet<>();
        reading.seen().forEach((path, entry) -> entry.ifPresent(present -> files.add(path)));
        reading.rendered()
                .ifPresent(rendered -> rendered.origins().values().stream()
                        .map(Origin::at)
                        .map(SourceLocation::file)
                        .forEach(files::add));
        return files;
    }

    private static void put(SortedMap<String, SortedSet<JobKey>> index, String name, JobKey key) {
        index.computeIfAbsent(name, unused -> new TreeSet<>()).add(key);
    }
}
