// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.finding;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.SpecError.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects findings while something is read. Not a value: it lives as long as one reading and is used
 * by one thread.
 */
public final class Findings {
    /** The order in which a person walks through them. */
    public static final Comparator<SpecError> ORDER = Comparator.comparing(
                    (SpecError finding) -> finding.location().file())
            .thenComparing(finding -> finding.location().line())
            .thenComparing(finding -> finding.location().column())
            .thenComparing(SpecError::rule)
            .thenComparing(SpecError::message)
            .thenComparing(finding -> finding.job().orElse(""));

    /** Nobody reads more at once, and a hostile file must not fill the memory. */
    private static final int LIMIT = 500;

    private final Set<SpecError> found = new LinkedHashSet<>();

    public void error(
            String rule, SourceLocation at, String pointer, String message, String nextStep) {
        add(Severity.ERROR, rule, at, pointer, message, nextStep);
    }

    public void warning(
            String rule, SourceLocation at, String pointer, String message, String nextStep) {
        add(Severity.WARNING, rule, at, pointer, message, nextStep);
    }

    public void addAll(List<SpecError> findings) {
        found.addAll(findings);
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(SpecError::isError);
    }

    /** Everything found, in {@link #ORDER}. */
    public List<SpecError> toList() {
        List<SpecError> ordered = new ArrayList<>(found);
        ordered.sort(ORDER);
        return List.copyOf(ordered);
    }

    /** Everything found, told as belonging to one job. */
    public List<SpecError> toList(Optional<String> job) {
        return toList().stream().map(finding -> named(finding, job)).toList();
    }

    private static SpecError named(SpecError finding, Optional<String> job) {
        return new SpecError(
                finding.severity(),
                finding.rule(),
                finding.location(),
                job,
                finding.pointer(),
                finding.message(),
                finding.nextStep());
    }

    private void add(
            Severity severity,
            String rule,
            SourceLocation at,
            String pointer,
            String message,
            String nextStep) {
        if (found.size() < LIMIT) {
            found.add(new SpecError(
                    severity, rule, at, Optional.empty(), pointer, message, nextStep));
        } else if (found.size() == LIMIT) {
            found.add(new SpecError(
                    Severity.ERROR,
                    "too-many-findings",
                    at,
                    Optional.empty(),
                    "",
                    "found more than " + LIMIT + " mistakes",
                    "correct these first"));
        }
    }
}
