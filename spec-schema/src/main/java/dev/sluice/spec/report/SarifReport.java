// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import dev.sluice.spec.SpecError;
import dev.sluice.spec.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SARIF 2.1.0. Columns count code points, which SARIF must be told; a fingerprint leaves out the line,
 * so that a finding stays the same alert when lines move.
 */
final class SarifReport {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private SarifReport() {}

    static String write(List<SpecError> findings) {
        Fingerprint fingerprint = new Fingerprint();
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver(findings)));
        run.put("columnKind", "unicodeCodePoints");
        run.put(
                "results",
                findings.stream()
                        .map(finding -> result(finding, fingerprint.of(finding)))
                        .toList());
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return JsonWriter.write(log) + "\n";
    }

    private static Map<String, Object> driver(List<SpecError> findings) {
        List<Map<String, String>> rules = findings.stream()
                .map(SpecError::rule)
                .distinct()
                .sorted()
                .map(rule -> Map.of("id", rule))
                .toList();
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "sluice");
        driver.put("rules", rules);
        return driver;
    }

    private static Map<String, Object> result(SpecError finding, String fingerprint) {
        Map<String, Object> region = new LinkedHashMap<>();
        region.put("startLine", finding.location().line());
        region.put("startColumn", finding.location().column());
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("artifactLocation", Map.of("uri", uri(finding.location().file())));
        place.put("region", region);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", finding.rule());
        result.put("level", Severities.word(finding));
        result.put("message", Map.of("text", Severities.sentence(finding)));
        result.put("locations", List.of(Map.of("physicalLocation", place)));
        result.put("partialFingerprints", Map.of("sluice/v1", fingerprint));
        return result;
    }

    /** A path as a URI reference: everything but unreserved characters and slashes in percent form. */
    static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xFF);
            boolean plain = character < 128
                    && (Character.isLetterOrDigit(character) || "-._~/".indexOf(character) >= 0);
            uri.append(plain ? character : String.format("%%%02X", octet & 0xFF));
        }
        return uri.toString();
    }
}
