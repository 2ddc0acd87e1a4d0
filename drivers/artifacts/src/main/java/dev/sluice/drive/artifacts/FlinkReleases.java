// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** The Flink versions that Sluice can bring by itself, read from {@code flink-versions.yaml}. */
public final class FlinkReleases {
    private final SortedMap<String, FlinkRelease> byMinor;

    private FlinkReleases(SortedMap<String, FlinkRelease> byMinor) {
        this.byMinor = Collections.unmodifiableSortedMap(byMinor);
    }

    /** Reads the list that is part of Sluice. */
    public static FlinkReleases bundled() {
        TreeMap<String, FlinkRelease> releases = new TreeMap<>();
        fields(fields(root()).get("versions"))
                .forEach((minor, entry) -> releases.put(minor, read(minor, fields(entry))));
        return new FlinkReleases(releases);
    }

    public Optional<FlinkRelease> find(String minor) {
        return Optional.ofNullable(byMinor.get(minor));
    }

    /** Minor versions, for messages. */
    public List<String> minors() {
        return List.copyOf(byMinor.keySet());
    }

    private static FlinkRelease read(String minor, Map<String, Node> entry) {
        String patch = scalar(entry.get("patch"));
        return new FlinkRelease(
                minor,
                patch,
                scalars(entry.get("java")).stream().map(Integer::valueOf).toList(),
                scalar(entry.get("configuration-file")),
                scalar(entry.get("checkpoint-directory")),
                scalar(entry.get("savepoint-directory")),
                Boolean.parseBoolean(scalar(entry.get("run-configuration"))),
                scalars(entry.get("jvm-flags")),
                text("locks/" + patch + ".txt")
                        .lines()
                        .map(LockedArtifact::parse)
                        .toList());
    }

    /** Nodes, not objects: YAML 1.1 would make the number 1.2 of version 1.20. */
    private static Node root() {
        LoaderOptions options = new LoaderOptions();
        StreamReader reader = new StreamReader(text("flink-versions.yaml"));
        return new Composer(new ParserImpl(reader, options), new Resolver(), options)
                .getSingleNode();
    }

    private static Map<String, Node> fields(Node node) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            fields.put(scalar(tuple.getKeyNode()), tuple.getValueNode());
        }
        return fields;
    }

    private static List<String> scalars(Node node) {
        return ((SequenceNode) node)
                .getValue().stream().map(FlinkReleases::scalar).toList();
    }

    private static String scalar(Node node) {
        return ((ScalarNode) node).getValue();
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
