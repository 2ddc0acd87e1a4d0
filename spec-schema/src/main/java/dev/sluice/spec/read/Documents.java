// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.schema.DocumentKind;
import dev.sluice.spec.schema.SchemaCheck;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pruning;
import dev.sluice.spec.yaml.YamlLimits;
import dev.sluice.spec.yaml.YamlReader;
import java.util.Optional;
import java.util.Set;

/** Reads one YAML file of the tree and checks it against its schema. */
final class Documents {
    /** Bytes of a specification file. */
    static final int SPEC_BYTES = 256 * 1024;

    /**
     * A document without its wrong parts.
     *
     * @param wrong pointers of the parts left out
     */
    record Checked(Node.Mapping root, Set<String> wrong) {}

    private final SchemaCheck schemas;
    private final YamlReader yaml = new YamlReader(YamlLimits.DEFAULT);

    Documents(SchemaCheck schemas) {
        this.schemas = schemas;
    }

    /** The document, or findings; with findings the document may still be there, in part. */
    Optional<Checked> read(
            TreeFiles files, Tree.Entry entry, DocumentKind kind, Findings findings) {
        SourceLocation start = new SourceLocation(entry.path(), 1, 1);
        return files.read(entry, SPEC_BYTES, start, findings)
                .flatMap(bytes -> yaml.read(entry.path(), bytes, findings))
                .map(root -> check(kind, root, findings));
    }

    private Checked check(DocumentKind kind, Node.Mapping root, Findings findings) {
        Set<String> wrong = schemas.check(kind, root, findings);
        return new Checked(Pruning.prune(root, wrong), wrong);
    }
}
