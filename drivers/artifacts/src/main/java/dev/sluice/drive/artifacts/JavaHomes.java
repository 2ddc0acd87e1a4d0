// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Javas that may run Flink on this machine, as executables. Of those that somebody chose the one
 * that a version likes best runs it; those that merely lie around are taken where none of them can,
 * so that installing a Java changes nothing that works.
 *
 * @param chosen the Java that runs Sluice, and those that somebody named
 * @param found installed besides
 */
public record JavaHomes(List<Path> chosen, List<Path> found) {
    private static final String FOLDER_OF_JAVAS = "/usr/lib/jvm";

    public JavaHomes {
        chosen = List.copyOf(chosen);
        found = List.copyOf(found);
    }

    /** The Java that runs this process, and no other. */
    public static JavaHomes own() {
        Path own = executable(Path.of(System.getProperty("java.home")));
        return new JavaHomes(List.of(own), List.of());
    }

    /** The own one, then what is below {@code SLUICE_JVM_DIR}, or where systems install Javas. */
    public static JavaHomes installed(Map<String, String> environment) {
        Path folder = Path.of(environment.getOrDefault("SLUICE_JVM_DIR", FOLDER_OF_JAVAS));
        try (Stream<Path> homes = Files.list(folder)) {
            List<Path> found = homes.sorted()
                    .map(JavaHomes::executable)
                    .filter(Files::isExecutable)
                    .toList();
            return new JavaHomes(own().chosen(), found);
        } catch (IOException noSuchFolder) {
            return own();
        }
    }

    /** With folders that somebody names. */
    public JavaHomes choosing(List<Path> homes) {
        List<Path> all = new ArrayList<>(chosen);
        homes.stream().map(JavaHomes::executable).forEach(all::add);
        return new JavaHomes(all, found);
    }

    /** The executable that runs the version here. */
    public Optional<Path> of(FlinkRelease release) {
        return best(chosen, release).or(() -> best(found, release));
    }

    /** Why none of them can run the version; empty when one can. */
    public Optional<String> refusal(FlinkRelease release) {
        if (of(release).isPresent()) {
            return Optional.empty();
        }
        String here = Stream.concat(chosen.stream(), found.stream())
                .distinct()
                .map(JavaHomes::words)
                .collect(Collectors.joining(", "));
        return Optional.of("Flink " + release.minor() + " runs on Java "
                + words(release.java()) + ", and here is " + here
                + ": install one of them, or name its folder in javaHomes of the controller's"
                + " file");
    }

    /** A Java that says nothing of itself may do; one that says so does better. */
    private static Optional<Path> best(List<Path> javas, FlinkRelease release) {
        List<Path> there = javas.stream().filter(Files::isExecutable).toList();
        return release.java().stream()
                .flatMap(feature -> there.stream()
                        .filter(java -> JavaHome.feature(java).equals(Optional.of(feature))))
                .findFirst()
                .or(() -> there.stream()
                        .filter(java -> JavaHome.feature(java).isEmpty())
                        .findFirst());
    }

    private static String words(List<Integer> features) {
        return features.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    private static String words(Path java) {
        if (!Files.isExecutable(java)) {
            return "none at " + java;
        }
        return "Java " + JavaHome.feature(java).map(String::valueOf).orElse("?") + " at " + java;
    }

    private static Path executable(Path home) {
        return home.resolve("bin").resolve("java");
    }
}
