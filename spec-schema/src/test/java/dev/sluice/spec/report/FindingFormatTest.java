// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.SpecError.Severity;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FindingFormatTest {
    private static final String AWKWARD =
            "found \"a,b:c\" <&> 100% 'x' \u4e2d\ud83d\ude00\n::error::";
    private static final SpecError ERROR = finding(Severity.ERROR, "jobs/a b/job.yaml", 7, AWKWARD);
    private static final SpecError WARNING = finding(Severity.WARNING, "sluice.yaml", 1, "unused");

    @ParameterizedTest
    @EnumSource
    void everyFormatIsFoundByItsWord(FindingFormat format) {
        assertEquals(Optional.of(format), FindingFormat.of(format.word()));
    }

    @Test
    void textIsALineForEachFinding() {
        assertEquals(
                "sluice.yaml:1:3: warning [payments/orders]: unused; do it\n",
                FindingFormat.TEXT.write(List.of(WARNING)));
        assertEquals("", FindingFormat.TEXT.write(List.of()));
    }

    @Test
    void jsonNamesItsVersionAndKeepsEveryField() {
        JSONObject report = new JSONObject(FindingFormat.JSON.write(List.of(ERROR, WARNING)));

        assertEquals("1.0", report.getString("formatVersion"));
        assertEquals(1, report.getInt("errors"));
        assertEquals(1, report.getInt("warnings"));
        JSONObject finding = report.getJSONArray("findings").getJSONObject(0);
        assertEquals(AWKWARD, finding.getString("message"));
        assertEquals("payments/orders", finding.getString("job"));
        assertEquals(7, finding.getInt("line"));
    }

    @Test
    void sarifPointsIntoTheFileInCodePoints() {
        JSONObject log = new JSONObject(FindingFormat.SARIF.write(List.of(ERROR, WARNING)));

        JSONObject run = log.getJSONArray("runs").getJSONObject(0);
        assertEquals("2.1.0", log.getString("version"));
        assertEquals("unicodeCodePoints", run.getString("columnKind"));
        JSONObject place = run.getJSONArray("results")
                .getJSONObject(0)
                .getJSONArray("locations")
                .getJSONObject(0)
                .getJSONObject("physicalLocation");
        assertEquals(
                "jobs/a%20b/job.yaml", place.getJSONObject("artifactLocation").getString("uri"));
        assertEquals(7, place.getJSONObject("region").getInt("startLine"));
    }

    @Test
    void fingerprintsStayWhenLinesMoveAndTellEqualFindingsApart() {
        SpecError moved = finding(Severity.ERROR, "jobs/a b/job.yaml", 9, AWKWARD);

        JSONArray together = quality(List.of(ERROR, moved));

        assertEquals(print(quality(List.of(ERROR)), 0), print(quality(List.of(moved)), 0));
        assertNotEquals(print(together, 0), print(together, 1));
    }

    @Test
    void codeQualityUsesTheSeveritiesOfGitlab() {
        JSONArray report = quality(List.of(ERROR, WARNING));

        assertEquals("major", report.getJSONObject(0).getString("severity"));
        assertEquals("minor", report.getJSONObject(1).getString("severity"));
        assertEquals("[]\n", FindingFormat.CODEQUALITY.write(List.of()));
    }

    @Test
    void aMessageCannotBecomeAWorkflowCommandOfItsOwn() {
        String lines = FindingFormat.GITHUB.write(List.of(ERROR));

        assertEquals(1, lines.lines().count());
        assertTrue(lines.startsWith(
                "::error file=jobs/a b/job.yaml,line=7,col=3,title=rule::payments/orders: "));
        assertTrue(lines.contains("100%25"));
    }

    @Test
    void junitHasACaseForEachFileAndFailsOnErrorsOnly() throws Exception {
        Document document = parse(FindingFormat.JUNIT.write(List.of(ERROR, WARNING)));

        assertEquals("2", document.getDocumentElement().getAttribute("tests"));
        assertEquals("1", document.getDocumentElement().getAttribute("failures"));
        String failure = document.getElementsByTagName("failure").item(0).getTextContent();
        assertEquals(ERROR.toString(), failure);
        assertEquals(
                "0",
                parse(FindingFormat.JUNIT.write(List.of()))
                        .getDocumentElement()
                        .getAttribute("tests"));
    }

    @Test
    void charactersThatXmlCannotHoldAreReplaced() throws Exception {
        SpecError odd = finding(Severity.ERROR, "a", 1, "bell \u0007 end \uffff");

        assertTrue(parse(FindingFormat.JUNIT.write(List.of(odd)))
                .getDocumentElement()
                .getTextContent()
                .contains("bell ? end ?"));
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static JSONArray quality(List<SpecError> findings) {
        return new JSONArray(FindingFormat.CODEQUALITY.write(findings));
    }

    private static String print(JSONArray report, int index) {
        return report.getJSONObject(index).getString("fingerprint");
    }

    private static SpecError finding(Severity severity, String file, int line, String message) {
        return new SpecError(
                severity,
                "rule",
                new SourceLocation(file, line, 3),
                Optional.of("payments/orders"),
                "/a",
                message,
                "do it");
    }
}
