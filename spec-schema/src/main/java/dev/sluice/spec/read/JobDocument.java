// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.JobKey;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.bind.Forms;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** A checked {@code job.yaml}: who it is, and the layers it brings. */
final class JobDocument {
    private static final List<String> IDENTITY =
            List.of("$schema", "apiVersion", "kind", "name", "team", "variables", "environments");

    private final Node.Mapping root;
    private final Set<String> wrong;
    private final String environment;

    JobDocument(Documents.Checked checked, String environment) {
        this.root = checked.root();
        this.wrong = checked.wrong();
        this.environment = environment;
    }

    SourceLocation nameAt() {
        return root.find("name").map(Node::at).orElse(root.at());
    }

    Optional<JobKey> key(Optional<String> repository, Findings findings) {
        Optional<String> name = identity("name", 40, findings);
        Optional<String> team = identity("team", 20, findings);
        identity("apiVersion", 0, findings);
        identity("kind", 0, findings);
        return repository.flatMap(id ->
                name.flatMap(job -> team.map(owner -> new JobKey(id, environment, owner, job))));
    }

    /** A variable passes the schema anywhere; what says who the file is must be plain. */
    private Optional<String> identity(String field, int maximum, Findings findings) {
        Optional<String> value = root.text(field);
        if (value.filter(text -> text.contains("${")).isPresent()) {
            findings.error(
                    "variable-in-identity",
                    root.find(field).orElse(root).at(),
                    "/" + field,
                    "found a variable in '" + field + "', which says what the file is",
                    "write the value itself");
            return Optional.empty();
        }
        return maximum == 0 ? value : value.filter(text -> Forms.isName(text, maximum));
    }

    /** Whether the file keeps the job out of this environment. */
    boolean isAbsent() {
        return overlayNode().filter(Node.Scalar.class::isInstance).isPresent();
    }

    Node.Mapping own() {
        Node.Mapping own = root;
        for (String field : IDENTITY) {
            own = own.without(field);
        }
        return own;
    }

    Node.Mapping overlay() {
        return overlayNode()
                .filter(Node.Mapping.class::isInstance)
                .map(node -> ((Node.Mapping) node).without("variables"))
                .orElse(empty());
    }

    Node.Mapping variables() {
        return map(root.find("variables"));
    }

    Node.Mapping overlayVariables() {
        return overlayNode()
                .filter(Node.Mapping.class::isInstance)
                .map(node -> map(((Node.Mapping) node).find("variables")))
                .orElse(empty());
    }

    /** Pointers with a finding, as they are called after the layers have been merged. */
    Set<String> told() {
        String prefix = "/environments/" + environment + "/";
        return wrong.stream()
                .map(pointer -> pointer.startsWith(prefix)
                        ? pointer.substring(prefix.length() - 1)
                        : pointer)
                .collect(Collectors.toSet());
    }

    void checkEnvironments(SortedSet<String> known, Findings findings) {
        map(root.find("environments")).entries().forEach((name, entry) -> {
            if (!known.contains(name)) {
                findings.warning(
                        "unknown-environment",
                        entry.key(),
                        "/environments/" + name,
                        "found an overlay for '" + name + "', which has no folder in environments/",
                        NearestName.suggest(name, known));
            }
        });
    }

    private Optional<Node> overlayNode() {
        return map(root.find("environments")).find(environment);
    }

    private Node.Mapping map(Optional<Node> node) {
        return node.filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .orElse(empty());
    }

    private Node.Mapping empty() {
        Map<String, Node.Entry> nothing = new LinkedHashMap<>();
        return new Node.Mapping(nothing, root.at());
    }
}
