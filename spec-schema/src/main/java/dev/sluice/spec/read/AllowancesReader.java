// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Allowance;
import dev.sluice.spec.bind.AllowanceBinder;
import dev.sluice.spec.bind.Fields;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.schema.DocumentKind;
import dev.sluice.spec.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the allowances of an environment; a wrong row allows nothing and holds nothing else back. */
final class AllowancesReader {
    private final TreeFiles files;
    private final Documents documents;
    private final Findings findings;

    AllowancesReader(TreeFiles files, Documents documents, Findings findings) {
        this.files = files;
        this.documents = documents;
        this.findings = findings;
    }

    List<Allowance> read(String path) {
        Optional<Documents.Checked> checked = files.find(path)
                .flatMap(found -> documents.read(files, found, DocumentKind.ALLOWANCES, findings));
        Optional<Node> rows = checked.flatMap(document -> document.root().find("allowances"));
        List<Allowance> allowances = new ArrayList<>();
        if (rows.isPresent() && rows.get() instanceof Node.Sequence sequence) {
            Set<String> told = checked.get().wrong();
            for (int i = 0; i < sequence.items().size(); i++) {
                row(sequence.items().get(i), "/allowances/" + i, told).ifPresent(allowances::add);
            }
        }
        return allowances;
    }

    private Optional<Allowance> row(Node row, String pointer, Set<String> told) {
        return row instanceof Node.Mapping map
                ? AllowanceBinder.bind(new Fields(map, pointer, told, findings))
                : Optional.empty();
    }
}
