// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.plan.change.ChangeClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

class PlanSchemaTest {
    private final JSONObject published =
            read(Path.of("src/main/resources/dev/sluice/plan/plan.schema.json"));
    private final Schema schema = SchemaLoader.load(published);

    @Test
    void thePublishedSchemaAcceptsAPlan() {
        schema.validate(read(Path.of("src/test/resources/documents/plan.json")));
    }

    @Test
    void aMemberThatTheSchemaDoesNotNameIsRefused() {
        JSONObject plan = read(Path.of("src/test/resources/documents/plan.json"));

        assertThrows(ValidationException.class, () -> schema.validate(plan.put("more", 1)));
    }

    @Test
    void theSchemaNamesEveryClassOfChange() {
        JSONArray named =
                published.getJSONObject("definitions").getJSONObject("change").getJSONArray("enum");

        assertEquals(Stream.of(ChangeClass.values()).map(Enum::name).toList(), named.toList());
    }

    private static JSONObject read(Path file) {
        try {
            return new JSONObject(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
