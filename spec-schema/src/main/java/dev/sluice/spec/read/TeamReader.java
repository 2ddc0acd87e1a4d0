// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.Team;
import dev.sluice.spec.bind.Fields;
import dev.sluice.spec.bind.TeamBinder;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.layer.FlatConfiguration;
import dev.sluice.spec.schema.DocumentKind;
import dev.sluice.spec.variables.Declaration;
import dev.sluice.spec.variables.VariablesReader;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.ScalarType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code teams/*.yaml}. A broken file holds the jobs of its team back, nobody else's. */
final class TeamReader {
    private static final String FOLDER = "teams/";
    private static final String SUFFIX = ".yaml";

    private final Tree tree;
    private final TreeFiles files;
    private final Documents documents;
    private final Findings all;
    private final SortedMap<String, TeamFile> valid = new TreeMap<>();
    private final SortedMap<String, String> broken = new TreeMap<>();

    TeamReader(Tree tree, TreeFiles files, Documents documents, Findings all) {
        this.tree = tree;
        this.files = files;
        this.documents = documents;
        this.all = all;
    }

    SortedMap<String, TeamFile> valid() {
        return valid;
    }

    /** Team to file. */
    SortedMap<String, String> broken() {
        return broken;
    }

    void read() {
        for (String path : tree.entries().tailMap(FOLDER).keySet()) {
            if (!path.startsWith(FOLDER)) {
                return;
            }
            if (path.endsWith(SUFFIX) && path.indexOf('/', FOLDER.length()) < 0) {
                read(path);
            }
        }
    }

    private void read(String path) {
        String name = path.substring(FOLDER.length(), path.length() - SUFFIX.length());
        Findings findings = new Findings();
        Optional<TeamFile> file = files.find(path)
                .flatMap(entry -> documents.read(files, entry, DocumentKind.TEAM, findings))
                .flatMap(checked -> bind(name, checked.root(), findings));
        all.addAll(findings.toList());
        if (file.isPresent() && !findings.hasErrors()) {
            valid.put(name, file.get());
            return;
        }
        broken.put(name, path);
    }

    private static Optional<TeamFile> bind(String name, Node.Mapping root, Findings findings) {
        Fields fields = new Fields(root, "", Set.of(), findings);
        Optional<Team> team = TeamBinder.bind(fields);
        team.filter(bound -> !bound.name().equals(name))
                .ifPresent(bound -> fields.error(
                        "team-name",
                        "name",
                        "expected the name of the file, '" + name + "', found \"" + bound.name()
                                + "\"",
                        "correct the name, or rename the file"));
        Node.Mapping defaults = owned(root, below(root, "defaults"));
        SortedMap<String, Declaration> variables =
                VariablesReader.read(below(root, "variables"), findings);
        return team.map(bound ->
                new TeamFile(bound, FlatConfiguration.flatten(defaults, findings), variables));
    }

    /** Jobs without an owner belong to the team's first. */
    private static Node.Mapping owned(Node.Mapping root, Node.Mapping defaults) {
        Optional<Node> owners = root.find("owners");
        boolean listed = owners.isPresent()
                && owners.get() instanceof Node.Sequence sequence
                && !sequence.items().isEmpty();
        if (!listed || defaults.find("owner").isPresent()) {
            return defaults;
        }
        Node first = ((Node.Sequence) owners.get()).items().get(0);
        Map<String, Node.Entry> entries = new LinkedHashMap<>(defaults.entries());
        entries.put("owner", new Node.Entry(first.at(), asText(first)));
        return new Node.Mapping(entries, defaults.at());
    }

    private static Node asText(Node node) {
        return node instanceof Node.Scalar scalar
                ? new Node.Scalar(ScalarType.STRING, scalar.text(), scalar.at())
                : node;
    }

    private static Node.Mapping below(Node.Mapping root, String field) {
        return root.find(field)
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .orElseGet(() ->
                        new Node.Mapping(Map.of(), new SourceLocation(root.at().file(), 1, 1)));
    }
}
