// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.rule;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.variables.Template;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.Pointers;

/**
 * Secrets where everybody sees them: Flink shows a job's configuration and the arguments of its program
 * to whoever reaches its web page, and the page of Sluice shows links.
 */
final class PlainPlaces {
    private final Findings findings;

    PlainPlaces(Findings findings) {
        this.findings = findings;
    }

    void check(Node.Mapping job) {
        for (String pointer :
                new String[] {"/configuration", "/jar/args", "/python/args", "/links"}) {
            Pointers.find(job, pointer).ifPresent(node -> look(node, pointer));
        }
    }

    private void look(Node node, String pointer) {
        if (node instanceof Node.Mapping map) {
            map.entries()
                    .forEach((key, entry) -> look(entry.value(), Pointers.child(pointer, key)));
        } else if (node instanceof Node.Sequence list) {
            for (int index = 0; index < list.items().size(); index++) {
                look(list.items().get(index), pointer + "/" + index);
            }
        } else if (node instanceof Node.Scalar scalar && Template.hasSecret(scalar.text())) {
            findings.error(
                    "plain-secret",
                    scalar.at(),
                    pointer,
                    "expected no secret in '" + pointer.substring(1).replace('/', '.')
                            + "', which everybody sees who sees the job, found a reference to one",
                    "put it into the options of CREATE ... WITH (...) in SQL, or let the cluster"
                            + " give it to the job");
        }
    }
}
