// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.schema.DocumentKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Completion, hover and diagnostics in an editor, by the schemas that {@code docs/schema} publishes. */
class EditorIT {
    private static final Path DOCS = Path.of("../docs/schema").toAbsolutePath().normalize();
    private static final Path SAMPLE =
            Path.of("../sample-repo").toAbsolutePath().normalize();
    private static final String JOB = """
            apiVersion: sluice/v1
            kind: Job
            name: orders
            team: shop
            criticality: high
            flink: {version: "1.20", cluster: main}
            sql: {file: job.sql}
            """;
    private static final Map<DocumentKind, String> SAMPLES = Map.of(
            DocumentKind.REPOSITORY, "sluice.yaml",
            DocumentKind.ENVIRONMENT, "environments/test/environment.yaml",
            DocumentKind.VARIABLES, "environments/test/variables.yaml",
            DocumentKind.JOB, "jobs/shop/orders/job.yaml");

    private static LanguageServer server;
    private static int files;

    @BeforeAll
    static void startsTheServer() throws Exception {
        server = LanguageServer.start();
    }

    @AfterAll
    static void endsTheServer() throws Exception {
        server.close();
    }

    /** A way to say which schema a file has. */
    enum Way {
        MODELINE,
        KEY;

        /** The line above a document. */
        String line(DocumentKind kind) {
            String schema =
                    DOCS.resolve(kind.word().toLowerCase(Locale.ROOT) + ".json").toString();
            return switch (this) {
                case MODELINE -> "# yaml-language-server: $schema=" + schema + "\n";
                case KEY -> "$schema: " + schema + "\n";
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void wordsAreOfferedWithTheirMeaning(Way way) throws IOException {
        Path file = file();
        server.open(file, way.line(DocumentKind.JOB) + JOB + "state: \n");

        List<JSONObject> offers = server.complete(file, 8, 7);

        List<String> labels =
                offers.stream().map(offer -> offer.getString("label")).sorted().toList();
        // "null" deletes what a weaker layer says.
        assertEquals(List.of("null", "running", "suspended"), labels);
        assertTrue(
                offers.stream()
                        .allMatch(offer -> offer.optString("documentation").length() > 10),
                offers::toString);
    }

    @ParameterizedTest
    @EnumSource
    void fieldsAreOfferedAndTheOnesThatAreThereAreNot(Way way) throws IOException {
        Path file = file();
        server.open(file, way.line(DocumentKind.JOB) + JOB + "res\n");

        List<String> labels = server.complete(file, 8, 3).stream()
                .map(offer -> offer.getString("label"))
                .toList();

        assertTrue(labels.contains("resources"), labels::toString);
        assertTrue(!labels.contains("flink"), labels::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aFieldExplainsItself(Way way) throws IOException {
        Path file = file();
        server.open(file, way.line(DocumentKind.JOB) + JOB);

        String team = server.hover(file, 4, 1);
        String word = server.hover(file, 5, 15);

        assertTrue(team.toLowerCase(Locale.ROOT).contains("team"), team);
        assertTrue(word.contains("high"), word);
    }

    @ParameterizedTest
    @EnumSource
    void aMistakeIsUnderlined(Way way) throws IOException {
        String schema = way.line(DocumentKind.JOB);

        assertEquals(List.of(), server.open(file(), schema + JOB));
        assertEquals(
                List.of("Property paralelism is not allowed."),
                server.open(file(), schema + JOB + "paralelism: 4\n"));
        assertEquals(
                List.of("Incorrect type. Expected one of string, null."),
                server.open(file(), schema + JOB.replace("\"1.20\"", "1.20")));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasASchemaThatAnEditorTakes(DocumentKind kind) throws IOException {
        String line = Way.MODELINE.line(kind);

        List<String> strange = server.open(file(), line + "strange: 1\n");
        Path empty = file();
        server.open(empty, line + "\n");
        List<JSONObject> offers = server.complete(empty, 1, 0);

        assertTrue(strange.contains("Property strange is not allowed."), strange::toString);
        assertTrue(
                offers.stream().anyMatch(offer -> offer.getString("label").equals("apiVersion"))
                        || kind == DocumentKind.LOCK,
                offers::toString);
        assertTrue(
                offers.stream()
                        .allMatch(offer -> offer.optString("documentation").length() > 10),
                offers::toString);
    }

    @Test
    void theSampleRepositoryHasNothingUnderlined() throws IOException {
        for (Map.Entry<DocumentKind, String> sample : SAMPLES.entrySet()) {
            String text = Files.readString(SAMPLE.resolve(sample.getValue()));

            List<String> found = server.open(file(), Way.MODELINE.line(sample.getKey()) + text);

            assertEquals(List.of(), found, sample.getValue());
        }
    }

    @Test
    void everyFieldOfAJobHasAHover() throws IOException {
        JSONObject schema = new JSONObject(Files.readString(DOCS.resolve("job.json")));
        List<String> fields = new ArrayList<>(schema.getJSONObject("properties").keySet());
        StringBuilder text = new StringBuilder(Way.MODELINE.line(DocumentKind.JOB));
        fields.forEach(field -> text.append('"').append(field).append("\": 1\n"));
        Path file = file();
        server.open(file, text.toString());

        for (int i = 0; i < fields.size(); i++) {
            String hover = server.hover(file, i + 1, 2);

            assertTrue(hover.length() > 60, fields.get(i) + ": " + hover);
        }
    }

    /** A name of its own for each document; nothing is written there. */
    private static Path file() {
        files++;
        return SAMPLE.resolve("jobs/editor-" + files + "/job.yaml");
    }
}
