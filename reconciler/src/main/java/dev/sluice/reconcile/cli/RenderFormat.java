// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.spec.report.FindingFormat;
import dev.sluice.spec.report.RenderReport;

/**
 * How {@code sluice render} prints jobs; the names are what {@code -o} takes. The formats of CI systems
 * carry the findings about the jobs.
 */
enum RenderFormat {
    text,
    json,
    yaml,
    sarif,
    junit,
    github,
    codequality;

    /** The report, with a line feed at its end unless it is empty. */
    String print(RenderReport report, boolean explained) {
        return switch (this) {
            case text -> explained ? report.explainedText() : report.text();
            case json -> report.json(explained);
            case yaml -> explained ? report.explainedYaml() : report.yaml();
            case sarif -> FindingFormat.SARIF.write(report.findings());
            case junit -> FindingFormat.JUNIT.write(report.findings());
            case github -> FindingFormat.GITHUB.write(report.findings());
            case codequality -> FindingFormat.CODEQUALITY.write(report.findings());
        };
    }

    /** Whether a person reads it, so that findings go to standard error. */
    boolean leavesFindingsOut() {
        return switch (this) {
            case text, yaml -> true;
            case json, sarif, junit, github, codequality -> false;
        };
    }
}
