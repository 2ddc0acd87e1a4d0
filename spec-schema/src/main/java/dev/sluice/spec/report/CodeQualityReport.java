// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import dev.sluice.spec.SpecError;
import dev.sluice.spec.yaml.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GitLab's Code Quality report: a JSON array in the Code Climate format. */
final class CodeQualityReport {
    private CodeQualityReport() {}

    static String write(List<SpecError> findings) {
        Fingerprint fingerprint = new Fingerprint();
        return JsonWriter.write(findings.stream()
                        .map(finding -> issue(finding, fingerprint.of(finding)))
                        .toList())
                + "\n";
    }

    private static Map<String, Object> issue(SpecError finding, String fingerprint) {
        Map<String, Object> location = new LinkedHashMap<>();
        location.put("path", finding.location().file());
        location.put("lines", Map.of("begin", finding.location().line()));
        Map<String, Object> issue = new LinkedHashMap<>();
        issue.put("type", "issue");
        issue.put("check_name", finding.rule());
        issue.put("description", Severities.sentence(finding));
        issue.put("categories", List.of("Bug Risk"));
        issue.put("severity", Severities.codeQuality(finding));
        issue.put("fingerprint", fingerprint);
        issue.put("location", location);
        return issue;
    }
}
