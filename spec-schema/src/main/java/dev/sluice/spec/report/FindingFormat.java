// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.report;

import dev.sluice.spec.SpecError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of {@code sluice validate -o}. */
public enum FindingFormat {
    /** One line for each finding, for people. */
    TEXT(findings ->
            findings.stream().map(finding -> finding + "\n").collect(Collectors.joining())),
    /** Our own JSON, with {@code formatVersion}. */
    JSON(JsonReport::write),
    /** SARIF 2.1.0, for code scanning of GitHub and GitLab. */
    SARIF(SarifReport::write),
    /** JUnit XML, for every CI system: a test case for each file. */
    JUNIT(JunitReport::write),
    /** Workflow commands of GitHub Actions, which become annotations. */
    GITHUB(GithubReport::write),
    /** Code Quality report of GitLab (the Code Climate format). */
    CODEQUALITY(CodeQualityReport::write);

    private final Function<List<SpecError>, String> writer;

    FindingFormat(Function<List<SpecError>, String> writer) {
        this.writer = writer;
    }

    /** The findings in this format; an empty list gives a valid empty report. */
    public String write(List<SpecError> findings) {
        return writer.apply(findings);
    }

    /** The word on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FindingFormat> of(String word) {
        return Stream.of(values()).filter(format -> format.word().equals(word)).findFirst();
    }
}
