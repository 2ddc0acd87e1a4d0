// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import dev.sluice.spec.SpecError;
import dev.sluice.spec.yaml.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our own JSON: stable names, {@code formatVersion} grows in its second part for additions only. */
final class JsonReport {
    private JsonReport() {}

    static String write(List<SpecError> findings) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("formatVersion", "1.0");
        report.put("errors", findings.stream().filter(SpecError::isError).count());
        report.put(
                "warnings",
                findings.stream().filter(finding -> !finding.isError()).count());
        report.put("findings", findings(findings));
        return JsonWriter.write(report) + "\n";
    }

    static List<Map<String, Object>> findings(List<SpecError> findings) {
        return findings.stream().map(JsonReport::finding).toList();
    }

    private static Map<String, Object> finding(SpecError finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("severity", Severities.word(finding));
        map.put("rule", finding.rule());
        map.put("file", finding.location().file());
        map.put("line", finding.location().line());
        map.put("column", finding.location().column());
        finding.job().ifPresent(job -> map.put("job", job));
        map.put("pointer", finding.pointer());
        map.put("message", finding.message());
        map.put("nextStep", finding.nextStep());
        return map;
    }
}
