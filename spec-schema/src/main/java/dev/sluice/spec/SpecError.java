// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A person's mistake in the repository, told so that the person can mend it.
 *
 * @param severity an error holds the job (or the environment) back, a warning does not
 * @param rule stable short name of the rule, such as {@code unknown-field}
 * @param location file, line and column
 * @param job {@code team/name}, when the mistake belongs to one job
 * @param pointer JSON pointer into the document, empty for the whole of it
 * @param message what is wrong: expected and found
 * @param nextStep what to do about it
 */
public record SpecError(
        Severity severity,
        String rule,
        SourceLocation location,
        Optional<String> job,
        String pointer,
        String message,
        String nextStep) {
    /** How much a finding weighs. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public SpecError {
        requireNonNull(severity, "severity is null");
        requireNonNull(rule, "rule is null");
        requireNonNull(location, "location is null");
        requireNonNull(job, "job is null");
        requireNonNull(pointer, "pointer is null");
        requireNonNull(message, "message is null");
        requireNonNull(nextStep, "nextStep is null");
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line: location, job, message, next step. */
    @Override
    public String toString() {
        String who = job.map(name -> " [" + name + "]").orElse("");
        return location + ": " + severity.name().toLowerCase(java.util.Locale.ROOT) + who + ": "
                + message + "; " + nextStep;
    }
}
