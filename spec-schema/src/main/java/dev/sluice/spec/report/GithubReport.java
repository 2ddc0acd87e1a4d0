// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import dev.sluice.spec.SpecError;
import java.util.List;
import java.util.stream.Collectors;

/** Workflow commands: {@code ::error file=,line=,col=,title=::message}, escaped as the runner wants it. */
final class GithubReport {
    private GithubReport() {}

    static String write(List<SpecError> findings) {
        return findings.stream().map(GithubReport::line).collect(Collectors.joining());
    }

    private static String line(SpecError finding) {
        return "::" + Severities.word(finding)
                + " file=" + property(finding.location().file())
                + ",line=" + finding.location().line()
                + ",col=" + finding.location().column()
                + ",title=" + property(finding.rule())
                + "::" + data(Severities.sentence(finding)) + "\n";
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
