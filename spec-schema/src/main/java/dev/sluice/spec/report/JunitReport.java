// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import dev.sluice.spec.SpecError;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** JUnit XML in the dialect of Surefire: a test case for each file, its errors as one failure. */
final class JunitReport {
    private JunitReport() {}

    static String write(List<SpecError> findings) {
        SortedMap<String, List<SpecError>> byFile = new TreeMap<>();
        findings.forEach(finding -> byFile.computeIfAbsent(
                        finding.location().file(), unused -> new ArrayList<>())
                .add(finding));
        long failures = byFile.values().stream()
                .filter(file -> file.stream().anyMatch(SpecError::isError))
                .count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"sluice validate\" time=\"0\" tests=\"" + byFile.size()
                + "\" errors=\"0\" skipped=\"0\" failures=\"" + failures + "\">\n");
        byFile.forEach((file, found) -> xml.append(testCase(file, found)));
        return xml.append("</testsuite>\n").toString();
    }

    private static String testCase(String file, List<SpecError> found) {
        List<SpecError> errors = found.stream().filter(SpecError::isError).toList();
        List<SpecError> warnings =
                found.stream().filter(finding -> !finding.isError()).toList();
        StringBuilder xml = new StringBuilder("  <testcase name=\"" + escape(file)
                + "\" classname=\"sluice.validate\" time=\"0\">\n");
        if (!errors.isEmpty()) {
            xml.append("    <failure type=\"" + escape(errors.get(0).rule()) + "\" message=\""
                    + escape(Severities.sentence(errors.get(0))) + "\">" + lines(errors)
                    + "</failure>\n");
        }
        if (!warnings.isEmpty()) {
            xml.append("    <system-out>" + lines(warnings) + "</system-out>\n");
        }
        return xml.append("  </testcase>\n").toString();
    }

    private static String lines(List<SpecError> findings) {
        return findings.stream()
                .map(finding -> escape(finding.toString()))
                .collect(Collectors.joining("\n"));
    }

    /** Text for elements and attributes; what XML 1.0 cannot hold becomes a question mark. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                default -> escaped.appendCodePoint(isXml(point) ? point : '?');
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int point) {
        boolean low = point == '\t' || point >= 0x20 && point <= 0xD7FF;
        return low || point >= 0xE000 && point <= 0xFFFD || point >= 0x10000;
    }
}
