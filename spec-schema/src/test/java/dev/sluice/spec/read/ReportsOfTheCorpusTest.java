// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.SpecError;
import dev.sluice.spec.report.FindingFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.everit.json.schema.Schema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.loader.SchemaLoader;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** Every finding of the corpus, in every format, against the schema that readers of it use. */
class ReportsOfTheCorpusTest {
    /** What the runner of GitHub Actions takes for a command. */
    private static final Pattern COMMAND = Pattern.compile(
            "::(error|warning) file=([^,:]+),line=(\\d+),col=(\\d+),title=([^,:]+)::(.+)");

    private static List<SpecError> findings = List.of();

    @BeforeAll
    static void readsTheCorpus() throws IOException {
        List<SpecError> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/corpus"))) {
            for (Path file : files.sorted().toList()) {
                Tree tree = CorpusCase.read(file).over(BaseRepository.tree());
                all.addAll(new SpecReader().read(tree, "test", Optional.empty()).findings());
            }
        }
        findings = List.copyOf(all);
        assertTrue(findings.size() > 250, "findings: " + findings.size());
    }

    @Test
    void sarifFitsTheSchemaOfOasis() {
        Schema schema = schema("/schema/sarif-schema-2.1.0.json");

        assertDoesNotThrow(() -> schema.validate(sarif(findings)));
        assertDoesNotThrow(() -> schema.validate(sarif(List.of())));
        JSONObject broken = sarif(findings);
        broken.put("version", "2.0");
        assertThrows(ValidationException.class, () -> schema.validate(broken));
    }

    @Test
    void codeQualityFitsWhatGitlabAsksFor() {
        Schema schema = schema("/formats/codequality.json");

        JSONArray report = new JSONArray(FindingFormat.CODEQUALITY.write(findings));

        assertDoesNotThrow(() -> schema.validate(report));
        assertEquals(findings.size(), report.length());
        report.getJSONObject(0).remove("fingerprint");
        assertThrows(ValidationException.class, () -> schema.validate(report));
    }

    @Test
    void junitFitsTheSchemaOfJenkins() throws Exception {
        String report = FindingFormat.JUNIT.write(findings);

        checkJunit(report);
        checkJunit(FindingFormat.JUNIT.write(List.of()));
        assertThrows(
                SAXException.class, () -> checkJunit(report.replace("<testcase", "<testcases")));
    }

    @Test
    void everyLineForGithubIsOneCommandThatGivesTheFindingBack() {
        List<String> lines = FindingFormat.GITHUB.write(findings).lines().toList();

        assertEquals(findings.size(), lines.size());
        for (int i = 0; i < lines.size(); i++) {
            Matcher command = COMMAND.matcher(lines.get(i));
            assertTrue(command.matches(), lines.get(i));
            SpecError finding = findings.get(i);
            assertEquals(finding.location().file(), unescaped(command.group(2)));
            assertEquals(finding.location().line(), Integer.parseInt(command.group(3)));
            assertEquals(finding.location().column(), Integer.parseInt(command.group(4)));
            assertEquals(finding.rule(), unescaped(command.group(5)));
            assertTrue(unescaped(command.group(6)).contains(finding.message()), lines.get(i));
        }
    }

    /** What the runner does to properties and messages, in its order. */
    private static String unescaped(String text) {
        return text.replace("%3A", ":")
                .replace("%2C", ",")
                .replace("%0D", "\r")
                .replace("%0A", "\n")
                .replace("%25", "%");
    }

    private static JSONObject sarif(List<SpecError> findings) {
        return new JSONObject(FindingFormat.SARIF.write(findings));
    }

    private static void checkJunit(String xml) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.newSchema(ReportsOfTheCorpusTest.class.getResource("/formats/junit.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
    }

    private static Schema schema(String resource) {
        try (InputStream in = ReportsOfTheCorpusTest.class.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SchemaLoader.builder()
                    .schemaJson(new JSONObject(text))
                    .draftV7Support()
                    .build()
                    .load()
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException("a resource of the tests: " + resource, e);
        }
    }
}
