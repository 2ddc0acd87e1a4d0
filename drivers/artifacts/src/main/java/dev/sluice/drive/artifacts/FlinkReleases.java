// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The Flink versions that Sluice can bring by itself, read from {@code flink-versions.yaml}. */
public final class FlinkReleases {
    private final SortedMap<String, FlinkRelease> byMinor;

    private FlinkReleases(SortedMap<String, FlinkRelease> byMinor) {
        this.byMinor = Collections.unmodifiableSortedMap(byMinor);
    }

    /** Reads the list that is part of Sluice. */
    public static FlinkReleases bundled() {
        Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text("flink-versions.yaml"));
        TreeMap<String, FlinkRelease> releases = new TreeMap<>();
        mapping(file.get("versions")).forEach((minor, entry) -> releases.put(minor, read(minor, mapping(entry))));
        return new FlinkReleases(releases);
    }

    public Optional<FlinkRelease> find(String minor) {
        return Optional.ofNullable(byMinor.get(minor));
    }

    /** Minor versions, for messages. */
    public List<String> minors() {
        return List.copyOf(byMinor.keySet());
    }

    private static FlinkRelease read(String minor, Map<String, Object> entry) {
        String patch = (String) entry.get("patch");
        return new FlinkRelease(
                minor,
                patch,
                integers(entry.get("java")),
                (String) entry.get("configuration-file"),
                (String) entry.get("checkpoint-directory"),
                (String) entry.get("savepoint-directory"),
                (Boolean) entry.get("run-configuration"),
                strings(entry.get("jvm-flags")),
                text("locks/" + patch + ".txt").lines().map(LockedArtifact::parse).toList());
    }

    @SuppressWarnings("unchecked") // the file is ours and a test reads it
    private static Map<String, Object> mapping(Object node) {
        return (Map<String, Object>) node;
    }

    private static List<String> strings(Object node) {
        return ((List<?>) node).stream().map(String.class::cast).toList();
    }

    private static List<Integer> integers(Object node) {
        return ((List<?>) node).stream().map(Integer.class::cast).toList();
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
