// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.schema;

import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.Node;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.Validator;
import org.everit.json.schema.loader.SchemaLoader;
import org.everit.json.schema.regexp.RE2JRegexpFactory;
import org.json.JSONObject;

/** Checks a document against its published schema. Immutable; may be shared between threads. */
public final class SchemaCheck {
    private final Map<DocumentKind, Schema> schemas;

    private SchemaCheck(Map<DocumentKind, Schema> schemas) {
        this.schemas = Collections.unmodifiableMap(new EnumMap<>(schemas));
    }

    /** Reads every schema of the distribution; takes some tens of milliseconds. */
    public static SchemaCheck load() {
        Map<DocumentKind, Schema> schemas = new EnumMap<>(DocumentKind.class);
        for (DocumentKind kind : DocumentKind.values()) {
            schemas.put(kind, load(kind));
        }
        return new SchemaCheck(schemas);
    }

    private static Schema load(DocumentKind kind) {
        return SchemaLoader.builder()
                .draftV7Support()
                .regexpFactory(new RE2JRegexpFactory())
                .schemaClient(address -> {
                    throw new IllegalStateException("schemas refer to nothing outside: " + address);
                })
                .schemaJson(new JSONObject(kind.schema()))
                .build()
                .load()
                .build();
    }

    /**
     * Checks a document and reports every violation.
     *
     * @return pointers of the parts that are wrong; whoever reads on leaves them out
     */
    public Set<String> check(DocumentKind kind, Node.Mapping document, Findings findings) {
        Set<String> wrong = new TreeSet<>();
        try {
            Validator.builder()
                    .build()
                    .performValidation(schemas.get(kind), JsonValues.of(document));
        } catch (ValidationException violation) {
            for (Violation single : Violation.flatten(violation)) {
                new ViolationReport(document, single).tell(findings).ifPresent(wrong::add);
            }
        }
        return wrong;
    }
}
