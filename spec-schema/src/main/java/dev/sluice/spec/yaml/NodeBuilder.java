// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.finding.Findings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * Builds the node tree from parser events. snakeyaml's own composer is not used: it accepts duplicate
 * keys and cycles, and its limits say no line.
 */
final class NodeBuilder {
    private static final String NONSPECIFIC = "!";

    private record Anchored(Optional<Node> node, int nodes) {}

    private final String file;
    private final Parser events;
    private final YamlLimits limits;
    private final Findings findings;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;
    private int aliases;

    NodeBuilder(String file, Parser events, YamlLimits limits, Findings findings) {
        this.file = file;
        this.events = events;
        this.limits = limits;
        this.findings = findings;
    }

    Optional<Node.Mapping> document() {
        events.getEvent();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            throw stop(
                    "empty-file",
                    new SourceLocation(file, 1, 1),
                    "expected a map, found an empty file",
                    "write the file or delete it");
        }
        events.getEvent();
        Node root = node(0);
        events.getEvent();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            SourceLocation second = location(file, events.peekEvent().getStartMark());
            throw stop(
                    "several-documents",
                    second,
                    "expected one document, found a second one",
                    "keep one document in a file");
        }
        if (root instanceof Node.Mapping mapping) {
            return Optional.of(mapping);
        }
        throw stop(
                "wrong-type",
                root.at(),
                "expected a map, found " + root.describe(),
                "begin with 'apiVersion: sluice/v1'");
    }

    private Node node(int depth) {
        Event event = events.getEvent();
        SourceLocation at = location(file, event.getStartMark());
        if (event instanceof AliasEvent alias) {
            return follow(alias, at);
        }
        count(1, at);
        int before = nodes;
        Optional<String> anchor = Optional.ofNullable(((NodeEvent) event).getAnchor());
        anchor.ifPresent(name -> anchors.put(name, new Anchored(Optional.empty(), 0)));
        Node built = event instanceof ScalarEvent scalar
                ? scalar(scalar, at)
                : collection((CollectionStartEvent) event, at, depth + 1);
        anchor.ifPresent(
                name -> anchors.put(name, new Anchored(Optional.of(built), nodes - before + 1)));
        return built;
    }

    private Node follow(AliasEvent alias, SourceLocation at) {
        aliases++;
        if (aliases > limits.aliases()) {
            throw stop(
                    "too-many-aliases",
                    at,
                    "expected at most " + limits.aliases() + " aliases, found more",
                    "use variables or defaults instead of anchors");
        }
        Anchored target = anchors.get(alias.getAnchor());
        if (target == null) {
            throw stop(
                    "unknown-anchor",
                    at,
                    "found alias '*" + alias.getAnchor() + "' without an anchor above it",
                    "define '&" + alias.getAnchor() + "' first, or quote the text");
        }
        if (target.node().isEmpty()) {
            throw stop(
                    "cycle",
                    at,
                    "found alias '*" + alias.getAnchor() + "' inside what it stands for",
                    "remove the alias");
        }
        count(target.nodes(), at);
        return target.node().get();
    }

    private Node scalar(ScalarEvent event, SourceLocation at) {
        refuseTag(event.getTag(), at);
        if (!event.isPlain()) {
            return Node.Scalar.string(event.getValue(), at);
        }
        String text = event.getValue();
        if (ScalarType.hasLeadingZero(text)) {
            findings.error(
                    "leading-zero",
                    at,
                    "",
                    "expected a number or quoted text, found " + text + " with a leading zero",
                    "write \"" + text + "\" in quotes if it is text, else drop the zero");
        }
        return new Node.Scalar(ScalarType.ofPlain(text), text, at);
    }

    private Node collection(CollectionStartEvent event, SourceLocation at, int depth) {
        refuseTag(event.getTag(), at);
        if (depth > limits.depth()) {
            throw stop(
                    "too-deep",
                    at,
                    "expected at most " + limits.depth() + " levels, found more",
                    "flatten the document");
        }
        return event instanceof SequenceStartEvent ? sequence(at, depth) : mapping(at, depth);
    }

    private Node.Sequence sequence(SourceLocation at, int depth) {
        List<Node> items = new ArrayList<>();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(depth));
        }
        events.getEvent();
        return new Node.Sequence(items, at);
    }

    private Node.Mapping mapping(SourceLocation at, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Node key = node(depth);
            Node value = node(depth);
            key(key).ifPresent(name -> put(entries, name, key.at(), value));
        }
        events.getEvent();
        return new Node.Mapping(entries, at);
    }

    private Optional<String> key(Node key) {
        boolean merge = key instanceof Node.Scalar scalar && scalar.text().equals("<<");
        if (merge) {
            findings.error(
                    "merge-key",
                    key.at(),
                    "",
                    "found the merge key '<<'",
                    "repeat the fields, or move them to defaults");
            return Optional.empty();
        }
        if (key instanceof Node.Scalar scalar && scalar.type() == ScalarType.STRING) {
            return Optional.of(scalar.text());
        }
        String hint = key instanceof Node.Scalar scalar
                ? "write \"" + scalar.text() + "\" in quotes"
                : "use a plain word as the key";
        findings.error(
                "key-type",
                key.at(),
                "",
                "expected a key that is text, found " + key.describe(),
                hint);
        return Optional.empty();
    }

    private void put(Map<String, Node.Entry> entries, String name, SourceLocation at, Node value) {
        Node.Entry first = entries.putIfAbsent(name, new Node.Entry(at, value));
        if (first != null) {
            findings.error(
                    "duplicate-key",
                    at,
                    "",
                    "found key '" + name + "' twice, first in line "
                            + first.key().line(),
                    "keep one of them");
        }
    }

    private void refuseTag(String tag, SourceLocation at) {
        if (tag != null && !tag.equals(NONSPECIFIC)) {
            findings.error(
                    "tag",
                    at,
                    "",
                    "found the YAML tag " + tag,
                    "remove the tag; write text in quotes");
        }
    }

    private void count(int added, SourceLocation at) {
        nodes += added;
        if (nodes > limits.nodes()) {
            throw stop(
                    "too-large",
                    at,
                    "expected at most " + limits.nodes() + " values, found more",
                    "split the file");
        }
    }

    private Stopped stop(String rule, SourceLocation at, String message, String nextStep) {
        Findings last = new Findings();
        last.error(rule, at, "", message, nextStep);
        return new Stopped(last.toList());
    }

    static SourceLocation location(String file, Mark mark) {
        return new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Nothing more can be read of this document. Never leaves the package. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient List<SpecError> findings;

        Stopped(List<SpecError> findings) {
            super(null, null, false, false);
            this.findings = findings;
        }

        List<SpecError> findings() {
            return findings;
        }
    }
}
