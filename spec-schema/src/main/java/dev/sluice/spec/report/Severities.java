// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import dev.sluice.spec.SpecError;

/** Severities in the words of the formats. */
final class Severities {
    private Severities() {}

    /** {@code error} or {@code warning}: the word of SARIF, GitHub and our own JSON. */
    static String word(SpecError finding) {
        return switch (finding.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
        };
    }

    /** GitLab knows info, minor, major, critical and blocker. */
    static String codeQuality(SpecError finding) {
        return switch (finding.severity()) {
            case ERROR -> "major";
            case WARNING -> "minor";
        };
    }

    /** Message and next step in one sentence, with the job when there is one. */
    static String sentence(SpecError finding) {
        String who = finding.job().map(job -> job + ": ").orElse("");
        return who + finding.message() + "; " + finding.nextStep();
    }
}
