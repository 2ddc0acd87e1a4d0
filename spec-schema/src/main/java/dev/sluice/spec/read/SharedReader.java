// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Environment;
import dev.sluice.spec.Policy;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.bind.Fields;
import dev.sluice.spec.bind.Forms;
import dev.sluice.spec.bind.PolicyBinder;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.layer.FlatConfiguration;
import dev.sluice.spec.schema.DocumentKind;
import dev.sluice.spec.variables.Declaration;
import dev.sluice.spec.variables.Scope;
import dev.sluice.spec.variables.VariablesReader;
import dev.sluice.spec.yaml.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what jobs have in common. A mistake here holds the whole commit back. */
final class SharedReader {
    private static final Node.Mapping NOTHING =
            new Node.Mapping(Map.of(), new SourceLocation("sluice.yaml", 1, 1));

    private final Tree tree;
    private final String name;
    private final TreeFiles files;
    private final Documents documents;
    private final Findings findings = new Findings();

    SharedReader(Tree tree, String environment, Documents documents) {
        this.tree = tree;
        this.name = environment;
        this.files = new TreeFiles(tree);
        this.documents = documents;
    }

    Shared read() {
        SortedSet<String> names = environmentNames();
        Optional<Node.Mapping> repository = required(
                        "sluice.yaml", DocumentKind.REPOSITORY, "add sluice.yaml with 'id: ...'")
                .map(Documents.Checked::root);
        Optional<Documents.Checked> checked = required(
                folder() + "environment.yaml", DocumentKind.ENVIRONMENT, environmentHint(names));
        Optional<Node.Mapping> root = checked.map(Documents.Checked::root);
        SortedMap<String, Declaration> variables = variables();
        Optional<String> id =
                repository.flatMap(map -> map.text("id")).filter(text -> Forms.isName(text, 40));
        SortedMap<String, Node.Mapping> flinkDefaults = new TreeMap<>();
        repository
                .map(map -> maps(map, "flinkVersions"))
                .orElse(Map.of())
                .forEach((version, map) -> flinkDefaults.put(version, flat(map)));
        Node.Mapping environmentDefaults = layer(root, "defaults");
        Scope scope = new Scope(List.of(variables));
        Optional<Environment> bound = checked.flatMap(
                document -> new EnvironmentReader(name, document, files, scope, findings).read());
        Policy policy = policy();
        boolean broken = findings.hasErrors();
        TeamReader teams = new TeamReader(tree, files, documents, findings);
        teams.read();
        Optional<Environment> whole = bound.filter(unused -> !broken && id.isPresent())
                .map(environment -> withFiles(environment, teams, policy));
        return new Shared(
                id,
                whole,
                layer(repository, "defaults"),
                flinkDefaults,
                links(root),
                environmentDefaults,
                variables,
                scope.asked(),
                teams.valid(),
                teams.broken(),
                names,
                findings.toList(),
                files.seen());
    }

    private Environment withFiles(Environment environment, TeamReader teams, Policy policy) {
        AllowancesReader allowances = new AllowancesReader(files, documents, findings);
        SortedMap<String, dev.sluice.spec.Team> byName = new TreeMap<>();
        teams.valid().forEach((team, file) -> byName.put(team, file.team()));
        return new Environment(
                environment.name(),
                environment.clusters(),
                allowances.read(folder() + "allowances.yaml"),
                environment.links(),
                environment.alerts(),
                byName,
                policy,
                environment.maintenance());
    }

    private Policy policy() {
        return files.find(folder() + "policy.yaml")
                .flatMap(found -> documents.read(files, found, DocumentKind.POLICY, findings))
                .map(checked -> PolicyBinder.bind(
                        new Fields(checked.root(), "", checked.wrong(), findings)))
                .orElse(Policy.BUILT_IN);
    }

    private String folder() {
        return "environments/" + name + "/";
    }

    private SortedSet<String> environmentNames() {
        SortedSet<String> names = new TreeSet<>();
        for (String path : tree.entries().tailMap("environments/").keySet()) {
            if (!path.startsWith("environments/")) {
                break;
            }
            int slash = path.indexOf('/', "environments/".length());
            if (slash > 0) {
                names.add(path.substring("environments/".length(), slash));
            }
        }
        return names;
    }

    private String environmentHint(SortedSet<String> names) {
        return names.isEmpty()
                ? "add the file with 'clusters: ...'"
                : "add the file, or correct the environment's name: "
                        + NearestName.suggest(name, names);
    }

    private Optional<Documents.Checked> required(String path, DocumentKind kind, String nextStep) {
        Optional<Tree.Entry> entry = files.find(path);
        if (entry.isEmpty()) {
            findings.error(
                    "file-not-found",
                    new SourceLocation(path, 1, 1),
                    "",
                    "expected the file " + path + ", found none",
                    nextStep);
        }
        return entry.flatMap(found -> documents.read(files, found, kind, findings));
    }

    private SortedMap<String, Declaration> variables() {
        Optional<Node> map = files.find(folder() + "variables.yaml")
                .flatMap(found -> documents.read(files, found, DocumentKind.VARIABLES, findings))
                .flatMap(checked -> checked.root().find("variables"));
        return map.isPresent() && map.get() instanceof Node.Mapping mapping
                ? VariablesReader.read(mapping, findings)
                : new TreeMap<>();
    }

    private Node.Mapping layer(Optional<Node.Mapping> root, String field) {
        return root.flatMap(map -> map.find(field))
                .filter(Node.Mapping.class::isInstance)
                .map(node -> flat((Node.Mapping) node))
                .orElse(NOTHING);
    }

    private Node.Mapping flat(Node.Mapping fields) {
        return FlatConfiguration.flatten(fields, findings);
    }

    private static Node.Mapping links(Optional<Node.Mapping> root) {
        return root.flatMap(map -> Optional.ofNullable(map.entries().get("links")))
                .map(entry ->
                        new Node.Mapping(Map.of("links", entry), entry.value().at()))
                .orElse(NOTHING);
    }

    private static Map<String, Node.Mapping> maps(Node.Mapping root, String field) {
        SortedMap<String, Node.Mapping> maps = new TreeMap<>();
        root.find(field)
                .filter(Node.Mapping.class::isInstance)
                .ifPresent(node -> ((Node.Mapping) node).entries().forEach((key, entry) -> {
                    if (entry.value() instanceof Node.Mapping map) {
                        maps.put(key, map);
                    }
                }));
        return maps;
    }
}
