// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Digest;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.rule.ReservedConfiguration;
import dev.sluice.spec.sql.SqlMap;
import dev.sluice.spec.sql.SqlRules;
import dev.sluice.spec.sql.SqlTemplate;
import dev.sluice.spec.variables.Scope;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;
import dev.sluice.spec.yaml.SourceText;
import java.util.Optional;
import java.util.Set;

/** Puts what the files of a job say beside their names: SQL, pod template, digests. */
final class JobFiles {
    /** Bytes of a SQL script. */
    static final int SQL_BYTES = 1024 * 1024;

    private static final SqlRules SQL = new SqlRules(ReservedConfiguration::instead);

    private final TreeFiles files;
    private final TreePaths paths;
    private final Scope scope;
    private final Set<String> told;
    private final Findings findings;
    private Node.Mapping job;
    private Optional<SqlMap> map = Optional.empty();

    JobFiles(
            Node.Mapping job,
            TreeFiles files,
            TreePaths paths,
            Scope scope,
            Set<String> told,
            Findings findings) {
        this.job = job;
        this.files = files;
        this.paths = paths;
        this.scope = scope;
        this.told = told;
        this.findings = findings;
    }

    Node.Mapping load() {
        text("/sql/file").ifPresent(this::sql);
        text("/python/file").ifPresent(this::python);
        text("/kubernetes/podTemplate").ifPresent(this::podTemplate);
        return job;
    }

    /** Where the effective SQL comes from, once loaded and when there is any. */
    Optional<SqlMap> sqlMap() {
        return map;
    }

    private void sql(Node.Scalar name) {
        resolve(name, "/sql/file").ifPresent(entry -> {
            replace("sql", "file", entry.path(), name.at());
            read(entry, SQL_BYTES, name.at())
                    .flatMap(bytes -> SourceText.decode(entry.path(), bytes, findings))
                    .flatMap(text -> SqlTemplate.render(entry.path(), text, scope, findings))
                    .ifPresent(effective -> {
                        SQL.check(effective, findings);
                        replace("sql", "text", effective.text(), name.at());
                        map = Optional.of(effective.map());
                    });
        });
    }

    private void python(Node.Scalar name) {
        resolve(name, "/python/file").ifPresent(entry -> {
            replace("python", "file", entry.path(), name.at());
            read(entry, SQL_BYTES, name.at())
                    .ifPresent(bytes ->
                            replace("python", "sha256", Digest.of(bytes).hex(), name.at()));
        });
    }

    /** The template itself becomes the value, so that a change in it is a change of the job. */
    private void podTemplate(Node.Scalar name) {
        resolve(name, "/kubernetes/podTemplate")
                .flatMap(entry -> new PodTemplates(files, scope, findings).read(entry, name))
                .ifPresent(
                        template -> replace("kubernetes", PodTemplates.FIELD, template, name.at()));
    }

    private Optional<Tree.Entry> resolve(Node.Scalar name, String pointer) {
        return told.contains(pointer)
                ? Optional.empty()
                : paths.resolve(name.text(), name.at(), pointer);
    }

    private Optional<byte[]> read(Tree.Entry entry, int maximum, SourceLocation at) {
        return files.read(entry, maximum, at, findings);
    }

    private Optional<Node.Scalar> text(String pointer) {
        return Pointers.find(job, pointer)
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast);
    }

    private void replace(String map, String field, String value, SourceLocation at) {
        Node.Entry entry = job.entries().get(map);
        Node.Mapping inner = (Node.Mapping) entry.value();
        Node.Mapping changed = inner.with(field, new Node.Entry(at, Node.Scalar.string(value, at)));
        job = job.with(map, new Node.Entry(entry.key(), changed));
    }
}
