// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.variables.Scope;
import dev.sluice.spec.variables.Substitution;
import dev.sluice.spec.yaml.JsonWriter;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.NodeValues;
import dev.sluice.spec.yaml.YamlLimits;
import dev.sluice.spec.yaml.YamlReader;
import java.util.Optional;

/** Pod templates that a file names: the template itself becomes the value of the field, as JSON. */
final class PodTemplates {
    static final String FIELD = "podTemplate";
    private static final String OPTIONS = "kubernetes";

    private final TreeFiles files;
    private final Scope scope;
    private final Findings findings;

    PodTemplates(TreeFiles files, Scope scope, Findings findings) {
        this.files = files;
        this.scope = scope;
        this.findings = findings;
    }

    /** The template with its variables substituted; empty after a finding. */
    Optional<String> read(Tree.Entry entry, Node.Scalar name) {
        return files.read(entry, Documents.SPEC_BYTES, name.at(), findings)
                .flatMap(bytes ->
                        new YamlReader(YamlLimits.DEFAULT).read(entry.path(), bytes, findings))
                .map(template -> new Substitution(scope, findings).apply(template))
                .map(template -> JsonWriter.write(NodeValues.of(template)));
    }

    /** Puts the templates of session clusters into an environment file beside their names. */
    Node.Mapping load(Node.Mapping root, TreePaths paths) {
        return each(
                root,
                "clusters",
                "",
                (cluster, at) -> each(
                        cluster,
                        "sessions",
                        at,
                        (session, below) -> template(session, below, paths)));
    }

    /** What becomes of a map at a pointer. */
    @FunctionalInterface
    private interface Change {
        Node.Mapping of(Node.Mapping map, String pointer);
    }

    private static Node.Mapping each(
            Node.Mapping parent, String field, String pointer, Change change) {
        Optional<Node.Mapping> found = map(parent, field);
        if (found.isEmpty()) {
            return parent;
        }
        Node.Mapping changed = found.get();
        for (String name : found.get().entries().keySet()) {
            Optional<Node.Mapping> inner = map(found.get(), name);
            if (inner.isPresent()) {
                String at = pointer + "/" + field + "/" + name;
                changed = put(changed, name, change.of(inner.get(), at));
            }
        }
        return put(parent, field, changed);
    }

    private Node.Mapping template(Node.Mapping session, String pointer, TreePaths paths) {
        Optional<Node.Mapping> options = map(session, OPTIONS);
        Optional<Node.Scalar> name = options.flatMap(found -> found.find(FIELD))
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast);
        return name.flatMap(written -> paths.resolve(
                                written.text(), written.at(), pointer + "/" + OPTIONS + "/" + FIELD)
                        .flatMap(entry -> read(entry, written))
                        .map(text -> put(
                                session,
                                OPTIONS,
                                put(
                                        options.orElseThrow(),
                                        FIELD,
                                        Node.Scalar.string(text, written.at())))))
                .orElse(session);
    }

    private static Node.Mapping put(Node.Mapping map, String field, Node value) {
        return map.with(field, new Node.Entry(map.entries().get(field).key(), value));
    }

    private static Optional<Node.Mapping> map(Node.Mapping parent, String field) {
        return parent.find(field)
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast);
    }
}
