// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Environment;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.bind.JobBinder;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.layer.Merged;
import dev.sluice.spec.layer.Origin;
import dev.sluice.spec.rule.JobRules;
import dev.sluice.spec.rule.VulnerableScript;
import dev.sluice.spec.schema.DocumentKind;
import dev.sluice.spec.sql.SqlMap;
import dev.sluice.spec.variables.Declaration;
import dev.sluice.spec.variables.Scope;
import dev.sluice.spec.variables.Substitution;
import dev.sluice.spec.variables.VariablesReader;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads one job file from its bytes to its effective specification. */
final class JobReader {
    private final Tree tree;
    private final Shared shared;
    private final String environment;
    private final Documents documents;
    private final TreeFiles files;
    private final Findings findings = new Findings();
    private Optional<JobArtifacts> artifacts = Optional.empty();
    private Optional<SqlMap> sqlMap = Optional.empty();

    JobReader(Tree tree, Shared shared, String environment, Documents documents) {
        this.tree = tree;
        this.shared = shared;
        this.environment = environment;
        this.documents = documents;
        this.files = new TreeFiles(tree);
    }

    JobReading read(Tree.Entry entry) {
        files.find(entry.path());
        Optional<Documents.Checked> checked =
                documents.read(files, entry, DocumentKind.JOB, findings);
        if (checked.isEmpty()) {
            return unparsed(entry);
        }
        JobDocument document = new JobDocument(checked.get(), environment);
        Optional<JobKey> key = document.key(shared.repositoryId(), findings);
        document.checkEnvironments(shared.environmentNames(), findings);
        boolean render =
                key.isPresent() && shared.environment().isPresent() && !document.isAbsent();
        if (!render) {
            return result(entry.path(), key, document.nameAt(), document.isAbsent());
        }
        return render(entry.path(), key.get(), document, shared.environment().get());
    }

    private JobReading unparsed(Tree.Entry entry) {
        Optional<JobKey> guess = shared.repositoryId().isPresent()
                        && entry.kind() == Tree.Kind.FILE
                        && entry.size() <= Documents.SPEC_BYTES
                ? KeyGuess.of(
                        tree.read(entry.path(), Documents.SPEC_BYTES),
                        shared.repositoryId().get(),
                        environment)
                : Optional.empty();
        return result(entry.path(), guess, new SourceLocation(entry.path(), 1, 1), false);
    }

    private JobReading result(
            String file, Optional<JobKey> key, SourceLocation nameAt, boolean absent) {
        return new JobReading(
                file,
                key,
                nameAt,
                absent,
                Optional.empty(),
                findings.toList(key.map(JobKey::display)),
                new TreeSet<>(),
                Set.of(),
                artifacts,
                files.seen());
    }

    private JobReading render(String file, JobKey key, JobDocument document, Environment target) {
        Optional<TeamFile> team = Optional.ofNullable(shared.teams().get(key.team()));
        checkTeam(key, document);
        SortedMap<String, Declaration> own = VariablesReader.read(document.variables(), findings);
        SortedMap<String, Declaration> overlay =
                VariablesReader.read(document.overlayVariables(), findings);
        SortedMap<String, Declaration> teams =
                team.map(TeamFile::variables).orElse(new TreeMap<>());
        Scope scope = new Scope(List.of(own, overlay, teams, shared.variables()));
        Merged merged = new JobLayers(shared, team, document, scope, findings).merge();
        Substitution substitution = new Substitution(scope, findings);
        Node.Mapping fields = substitution.apply(merged.fields());
        Set<String> told = new HashSet<>(document.told());
        told.addAll(substitution.failed());
        Node.Mapping effective = withFiles(fields, file, key, team, scope, told);
        JobRules rules = new JobRules(effective, target, told, findings);
        rules.check();
        team.ifPresent(known -> rules.check(known.team()));
        new VulnerableScript(effective, findings).check(team.map(TeamFile::team));
        contradictions(scope);
        Node.Mapping addressed = JobIngress.resolve(effective, key, target);
        Optional<JobSpec> spec =
                JobBinder.bind(key, addressed, rules.defaultMode(), told, findings);
        if (!findings.hasErrors()) {
            unused(own, overlay, scope);
        }
        Set<String> depends = new TreeSet<>(scope.asked());
        List.of(own, overlay, teams).forEach(layer -> depends.addAll(layer.keySet()));
        return new JobReading(
                file,
                Optional.of(key),
                document.nameAt(),
                false,
                spec.filter(unused -> !findings.hasErrors())
                        .map(bound -> rendered(bound, merged, effective)),
                findings.toList(Optional.of(key.display())),
                scope.asked(),
                depends,
                artifacts,
                files.seen());
    }

    private JobReading.Rendered rendered(JobSpec spec, Merged merged, Node.Mapping effective) {
        return new JobReading.Rendered(
                spec,
                JobSpecText.digest(spec),
                withScript(merged.origins(), effective),
                Pointers.locate(effective, "/dependsOn"),
                Pointers.locate(effective, "/formerly"),
                sqlMap);
    }

    /** A script comes from its own file, by whatever layer named that file. */
    private static SortedMap<String, Origin> withScript(
            SortedMap<String, Origin> origins, Node.Mapping effective) {
        SortedMap<String, Origin> all = new TreeMap<>(origins);
        Optional.ofNullable(origins.get("/sql/file"))
                .ifPresent(named -> Pointers.find(effective, "/sql/file")
                        .filter(Node.Scalar.class::isInstance)
                        .map(file -> new SourceLocation(((Node.Scalar) file).text(), 1, 1))
                        .ifPresent(start -> all.put(
                                "/sql/text",
                                new Origin(
                                        start, named.level(), named.written(), Optional.empty()))));
        return all;
    }

    private Node.Mapping withFiles(
            Node.Mapping fields,
            String file,
            JobKey key,
            Optional<TeamFile> team,
            Scope scope,
            Set<String> told) {
        String folder = file.substring(0, file.lastIndexOf('/'));
        TreePaths paths = new TreePaths(files, folder, findings);
        JobFiles beside = new JobFiles(fields, files, paths, scope, told, findings);
        Node.Mapping loaded = beside.load();
        sqlMap = beside.sqlMap();
        LockFile lock = LockFile.read(folder + "/job.lock", files, documents, findings);
        ArtifactFiles jars =
                new ArtifactFiles(files, paths, lock, team.map(TeamFile::team), findings);
        Node.Mapping effective = jars.load(loaded);
        artifacts = Optional.of(jars.named(key, loaded));
        return effective;
    }

    private void checkTeam(JobKey key, JobDocument document) {
        String broken = shared.brokenTeams().get(key.team());
        if (broken != null) {
            findings.error(
                    "team-invalid",
                    document.nameAt(),
                    "/team",
                    "the team's file " + broken + " is not valid",
                    "correct that file first");
        } else if (shared.hasTeamFiles() && !shared.teams().containsKey(key.team())) {
            findings.error(
                    "unknown-team",
                    document.nameAt(),
                    "/team",
                    "expected a team with a file in teams/, found \"" + key.team() + "\"",
                    NearestName.suggest(key.team(), shared.teams().keySet()));
        }
    }

    private void contradictions(Scope scope) {
        for (Declaration declaration : scope.contradictions()) {
            findings.error(
                    "variable-type",
                    declaration.at(),
                    "",
                    "variable '" + declaration.name() + "' is declared with another type in a"
                            + " stronger layer, at "
                            + scope.declaration(declaration.name())
                                    .orElseThrow()
                                    .at(),
                    "use the same type in both places");
        }
    }

    private void unused(
            SortedMap<String, Declaration> own,
            SortedMap<String, Declaration> overlay,
            Scope scope) {
        Set<String> asked = scope.asked();
        List.of(own, overlay)
                .forEach(layer -> layer.forEach((name, declaration) -> {
                    if (!asked.contains(name)) {
                        findings.warning(
                                "unused-variable",
                                declaration.at(),
                                "",
                                "nobody uses variable '" + name + "'",
                                "remove it, or use it");
                    }
                }));
    }
}
