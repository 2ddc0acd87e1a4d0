// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.spec.rule.PatchRelease;
import dev.sluice.spec.rule.Vulnerabilities;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The Flink versions that Sluice can bring by itself, read from {@code flink-versions.yaml}. */
public final class FlinkReleases {
    private static final Comparator<String> BY_NUMBERS = Comparator.comparing(PatchRelease::parse);

    private final SortedMap<String, FlinkRelease> byMinor;

    private FlinkReleases(SortedMap<String, FlinkRelease> byMinor) {
        this.byMinor = Collections.unmodifiableSortedMap(byMinor);
    }

    /** Reads the list that is part of Sluice. */
    public static FlinkReleases bundled() {
        Entries file = Entries.parse(text("flink-versions.yaml"));
        Entries renamed = file.below("renamed-keys");
        Entries versions = file.below("versions");
        TreeMap<String, FlinkRelease> releases = new TreeMap<>(BY_NUMBERS);
        for (String minor : versions.names()) {
            Entries entry = versions.below(minor);
            releases.put(minor, read(minor, entry, olderKeys(renamed, minor)));
        }
        return new FlinkReleases(releases);
    }

    public Optional<FlinkRelease> find(String minor) {
        return minor.matches("\\d+\\.\\d+")
                ? Optional.ofNullable(byMinor.get(minor))
                : Optional.empty();
    }

    /** The release with what Flink needs to run on Kubernetes: another home beside the usual one. */
    public static FlinkRelease withKubernetes(FlinkRelease release) {
        return with(release, "locks/kubernetes.txt", "flink-kubernetes");
    }

    /** The release with what Flink needs to run on YARN: another home beside the usual one. */
    public static FlinkRelease withYarn(FlinkRelease release) {
        return with(release, "locks/flink-yarn.txt", LockedArtifact.YARN);
    }

    private static FlinkRelease with(FlinkRelease release, String lock, String name) {
        List<LockedArtifact> artifacts = new ArrayList<>(release.artifacts());
        text(lock)
                .lines()
                .filter(line -> line.endsWith(":" + name + ":" + release.patch()))
                .map(LockedArtifact::parse)
                .forEach(artifacts::add);
        return release.with(artifacts);
    }

    /** Minor versions, oldest first. */
    public List<String> minors() {
        return List.copyOf(byMinor.keySet());
    }

    private static FlinkRelease read(
            String minor, Entries entry, SortedMap<String, String> olderKeys) {
        String patch = entry.text("patch");
        return new FlinkRelease(
                minor,
                patch,
                numbers(entry.list("java")),
                numbers(entry.list("unofficial-java")),
                entry.text("configuration-file"),
                olderKeys,
                Boolean.parseBoolean(entry.text("run-configuration")),
                entry.list("jvm-flags"),
                Vulnerabilities.KNOWN.stream()
                        .filter(found -> found.affects(patch))
                        .toList(),
                text("locks/" + patch + ".txt")
                        .lines()
                        .map(LockedArtifact::parse)
                        .toList());
    }

    /** Newest name to the name in a version, over all renamings that came later. */
    private static SortedMap<String, String> olderKeys(Entries renamed, String minor) {
        TreeMap<String, String> older = new TreeMap<>();
        renamed.names().stream()
                .filter(since -> BY_NUMBERS.compare(since, minor) > 0)
                .forEach(since -> {
                    Entries keys = renamed.below(since);
                    keys.names().forEach(key -> older.put(key, keys.text(key)));
                });
        return older;
    }

    private static List<Integer> numbers(List<String> texts) {
        return texts.stream().map(Integer::valueOf).toList();
    }

    static String text(String resource) {
        try (InputStream in = FlinkReleases.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
