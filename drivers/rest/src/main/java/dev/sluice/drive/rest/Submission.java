// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.Digest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program ready to be run on a session cluster.
 *
 * @param jar a file of this machine
 * @param jarDigest of its content; the jar is uploaded once per digest
 * @param configuration everything for {@code flinkConfiguration}, reserved keys included
 */
public record Submission(
        Path jar,
        Digest jarDigest,
        Optional<String> mainClass,
        List<String> arguments,
        SortedMap<String, String> configuration) {
    public Submission {
        requireNonNull(jar, "jar is null");
        requireNonNull(jarDigest, "jarDigest is null");
        requireNonNull(mainClass, "mainClass is null");
        arguments = List.copyOf(arguments);
        configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
    }

    /** The same program with more arguments. */
    public Submission with(List<String> more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(more);
        return new Submission(jar, jarDigest, mainClass, all, configuration);
    }

    /** The name the jar is uploaded with: two jars of one name differ by their digest. */
    String uploadName() {
        return jarDigest.brief() + "-" + jar.getFileName();
    }
}
