// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.standalone;

import dev.sluice.drive.artifacts.FlinkHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What somebody put into the {@code lib} of a cluster besides Flink, such as connectors: a program that
 * finds no connector in a home of Flink alone may find it there.
 */
final class ForeignJars {
    private static final Pattern VERSION = Pattern.compile("(-\\d.*)?\\.jar$");

    /** Parts of Flink's distribution that a home made of Maven artifacts does without. */
    private static final Set<String> ONLY_DISTRIBUTED = Set.of(
            "flink-dist", "flink-dist_2.12", "flink-scala_2.12", "flink-table", "flink-shell");

    private ForeignJars() {}

    /**
     * Their file names, in order.
     *
     * @param classPath what the cluster runs with
     */
    static List<String> of(List<String> classPath, FlinkHome home) throws IOException {
        Set<String> own = new TreeSet<>(ONLY_DISTRIBUTED);
        try (Stream<Path> jars = Files.list(home.lib())) {
            jars.forEach(jar -> own.add(part(jar.getFileName().toString())));
        }
        return classPath.stream()
                .map(entry -> entry.substring(entry.lastIndexOf('/') + 1))
                .filter(name -> name.endsWith(".jar") && !own.contains(part(name)))
                .sorted()
                .toList();
    }

    private static String part(String fileName) {
        return VERSION.matcher(fileName).replaceFirst("");
    }
}
