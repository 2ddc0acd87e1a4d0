// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.AlertRoute;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.Environment;
import dev.sluice.spec.MaintenanceWindow;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.Policy;
import dev.sluice.spec.bind.ClusterBinder;
import dev.sluice.spec.bind.Fields;
import dev.sluice.spec.bind.MaintenanceBinder;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.rule.SessionRules;
import dev.sluice.spec.variables.Scope;
import dev.sluice.spec.variables.Substitution;
import dev.sluice.spec.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the environment of its checked file; variables of the environment may stand in it. */
final class EnvironmentReader {
    private final String name;
    private final Node.Mapping root;
    private final Set<String> wrong;
    private final TreeFiles files;
    private final Scope scope;
    private final Findings findings;

    EnvironmentReader(
            String name,
            Documents.Checked document,
            TreeFiles files,
            Scope scope,
            Findings findings) {
        this.name = name;
        this.files = files;
        this.root = document.root();
        this.wrong = document.wrong();
        this.scope = scope;
        this.findings = findings;
    }

    Optional<Environment> read() {
        Substitution substitution = new Substitution(scope, findings);
        Node.Mapping own = substitution.apply(root.without("defaults").without("links"));
        Set<String> told = new HashSet<>(wrong);
        told.addAll(substitution.failed());
        SessionRules.check(own, findings);
        Node.Mapping whole = new PodTemplates(files, scope, findings)
                .load(own, new TreePaths(files, "environments/" + name, findings));
        Fields fields = new Fields(whole, "", told, findings);
        fields.text("name")
                .filter(said -> !said.equals(name))
                .ifPresent(said -> fields.error(
                        "environment-name",
                        "name",
                        "expected the name of the folder, '" + name + "', found \"" + said + "\"",
                        "correct the name, or move the file"));
        SortedMap<String, Cluster> clusters = clusters(fields.below("clusters"));
        return Optional.of(new Environment(
                name,
                clusters,
                List.of(),
                links(),
                alerts(own, told),
                new TreeMap<>(),
                Policy.BUILT_IN,
                maintenance(own, told, clusters.keySet())));
    }

    private static SortedMap<String, Cluster> clusters(Fields entries) {
        SortedMap<String, Cluster> clusters = new TreeMap<>();
        for (String cluster : entries.names()) {
            ClusterBinder.bind(cluster, entries.below(cluster))
                    .ifPresent(bound -> clusters.put(cluster, bound));
        }
        return clusters;
    }

    private SortedMap<String, String> links() {
        return new Fields(root, "", Set.of(), findings).flat("links");
    }

    private List<MaintenanceWindow> maintenance(
            Node.Mapping own, Set<String> told, Set<String> clusters) {
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (Fields window : items(own, "maintenance", told)) {
            MaintenanceBinder.bind(window, clusters).ifPresent(windows::add);
        }
        return windows;
    }

    private List<AlertRoute> alerts(Node.Mapping own, Set<String> told) {
        List<AlertRoute> routes = new ArrayList<>();
        for (Fields route : items(own, "alerts", told)) {
            route.text("to")
                    .ifPresent(to -> routes.add(new AlertRoute(
                            route.text("team"),
                            route.choice("criticality", Ownership.Criticality.class),
                            to)));
        }
        return routes;
    }

    /** The maps of a list. */
    private List<Fields> items(Node.Mapping own, String key, Set<String> told) {
        List<Node> items = own.find(key)
                .filter(Node.Sequence.class::isInstance)
                .map(node -> ((Node.Sequence) node).items())
                .orElse(List.of());
        List<Fields> fields = new ArrayList<>();
        for (Node item : items) {
            Node.Mapping map = item instanceof Node.Mapping mapping
                    ? mapping
                    : new Node.Mapping(Map.of(), item.at());
            fields.add(new Fields(map, "/" + key + "/" + fields.size(), told, findings));
        }
        return fields;
    }
}
