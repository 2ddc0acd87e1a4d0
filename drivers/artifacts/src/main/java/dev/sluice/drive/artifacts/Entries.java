// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * A mapping of a YAML file of our own, in the file's order. Nodes, not objects: YAML 1.1 would make the
 * number 1.2 of version 1.20. What is not as asked for is our own mistake.
 */
final class Entries {
    private final Map<String, Node> fields;

    private Entries(Map<String, Node> fields) {
        this.fields = Collections.unmodifiableMap(fields);
    }

    static Entries parse(String text) {
        LoaderOptions options = new LoaderOptions();
        StreamReader reader = new StreamReader(text);
        return of(new Composer(new ParserImpl(reader, options), new Resolver(), options)
                .getSingleNode());
    }

    List<String> names() {
        return List.copyOf(fields.keySet());
    }

    Entries below(String name) {
        return of(fields.get(name));
    }

    String text(String name) {
        return scalar(fields.get(name));
    }

    List<String> list(String name) {
        return ((SequenceNode) fields.get(name))
                .getValue().stream().map(Entries::scalar).toList();
    }

    private static Entries of(Node node) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            fields.put(scalar(tuple.getKeyNode()), tuple.getValueNode());
        }
        return new Entries(fields);
    }

    private static String scalar(Node node) {
        return ((ScalarNode) node).getValue();
    }
}
