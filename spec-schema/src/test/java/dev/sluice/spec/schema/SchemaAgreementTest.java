// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.Allowance;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.HealthRules;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Ownership;
import dev.sluice.spec.Policy;
import dev.sluice.spec.UpgradePolicy;
import dev.sluice.spec.bind.Words;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published schemas agree with the records, with each other, and tell an editor what it needs. */
class SchemaAgreementTest {
    @ParameterizedTest
    @EnumSource
    void everyFieldHasTitleDescriptionAndExamples(DocumentKind kind) {
        JSONObject schema = new JSONObject(kind.schema());
        fields("", schema).forEach((path, field) -> {
            if (field.has("$ref")) {
                return;
            }
            for (String key : List.of("title", "description", "examples")) {
                assertTrue(field.has(key), kind + path + " has no " + key);
            }
            if (field.has("enum")) {
                assertEquals(
                        field.getJSONArray("enum").length(),
                        field.getJSONArray("enumDescriptions").length(),
                        kind + path);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void everySchemaIsDraftSevenAndLetsAnEditorNameIt(DocumentKind kind) {
        JSONObject schema = new JSONObject(kind.schema());

        assertEquals("http://json-schema.org/draft-07/schema#", schema.getString("$schema"));
        assertTrue(schema.getString("$id").endsWith("/v1/" + kind.word() + ".json"));
        assertTrue(schema.getJSONObject("properties").has("$schema"));
        assertEquals(false, schema.get("additionalProperties"));
    }

    @ParameterizedTest
    @EnumSource
    void thePublishedSchemaIsTheOneThatIsChecked(DocumentKind kind) throws IOException {
        Path published = Path.of("../docs/schema", kind.word() + ".json");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(published, kind.schema());
        }

        assertEquals(kind.schema(), Files.readString(published));
    }

    @Test
    void sharedDefinitionsAreTheSameEverywhere() {
        Map<String, String> seen = new TreeMap<>();
        for (DocumentKind kind : DocumentKind.values()) {
            JSONObject definitions = new JSONObject(kind.schema()).getJSONObject("definitions");
            for (String name : definitions.keySet()) {
                String text = definitions.getJSONObject(name).toString();
                assertEquals(seen.computeIfAbsent(name, unused -> text), text, kind + " " + name);
            }
        }
    }

    @Test
    void wordsOfTheSchemaAreThoseOfTheRecords() {
        JSONObject definitions = definitions(DocumentKind.JOB);
        assertWords(definitions, "flink", "mode", FlinkTarget.Mode.class);
        assertWords(definitions, "upgrade", "savepointFormat", UpgradePolicy.SavepointFormat.class);
        assertWords(
                definitions,
                "upgrade",
                "onSavepointFailure",
                UpgradePolicy.OnSavepointFailure.class);
        assertWords(definitions, "upgrade", "onBadUpgrade", UpgradePolicy.OnBadUpgrade.class);
        assertWords(definitions, "upgrade", "rollbackState", UpgradePolicy.RollbackState.class);
        assertWords(definitions, "overlay", "criticality", Ownership.Criticality.class);
        assertWords(definitions, "overlay", "state", JobSpec.State.class);
        assertWords(
                definitions(DocumentKind.ALLOWANCES), "allowance", "kind", Allowance.Kind.class);
    }

    @Test
    void theClassesOfAPolicyAreThoseOfItsRecord() {
        JSONArray words =
                definitions(DocumentKind.POLICY).getJSONObject("change").getJSONArray("enum");

        assertEquals(List.copyOf(Words.of(Policy.Change.class).keySet()), words.toList());
    }

    @Test
    void componentsOfTheRecordsAreFieldsOfTheSchema() {
        JSONObject definitions = definitions(DocumentKind.JOB);
        assertEquals(
                names(HealthRules.class),
                definitions.getJSONObject("health").getJSONObject("properties").keySet());
        Set<String> upgrade = names(UpgradePolicy.class);
        upgrade.remove("discardableReason");
        upgrade.addAll(List.of("state", "reason"));
        assertEquals(
                upgrade,
                definitions.getJSONObject("upgrade").getJSONObject("properties").keySet());
        Set<String> job = new TreeSet<>(new JSONObject(DocumentKind.JOB.schema())
                .getJSONObject("properties")
                .keySet());
        Set<String> apart = Set.of("key", "ownership", "program", "runtime", "lineage");
        Set<String> components = names(JobSpec.class);
        components.removeAll(apart);
        assertTrue(job.containsAll(components), () -> components + " in " + job);
    }

    private static JSONObject definitions(DocumentKind kind) {
        return new JSONObject(kind.schema()).getJSONObject("definitions");
    }

    private static <E extends Enum<E>> void assertWords(
            JSONObject definitions, String definition, String field, Class<E> type) {
        JSONArray words = definitions
                .getJSONObject(definition)
                .getJSONObject("properties")
                .getJSONObject(field)
                .getJSONArray("enum");
        Set<String> found = new TreeSet<>();
        words.forEach(word -> Stream.of(word)
                .filter(String.class::isInstance)
                .forEach(text -> found.add((String) text)));
        assertEquals(new TreeSet<>(Words.of(type).keySet()), found);
    }

    private static Set<String> names(Class<?> record) {
        return new TreeSet<>(Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
    }

    private static Map<String, JSONObject> fields(String path, JSONObject schema) {
        Map<String, JSONObject> fields = new TreeMap<>();
        for (String group : List.of("properties", "definitions")) {
            JSONObject children = schema.optJSONObject(group, new JSONObject());
            for (String name : children.keySet()) {
                fields.put(path + "/" + name, children.getJSONObject(name));
                fields.putAll(fields(path + "/" + name, children.getJSONObject(name)));
            }
        }
        return fields;
    }
}
