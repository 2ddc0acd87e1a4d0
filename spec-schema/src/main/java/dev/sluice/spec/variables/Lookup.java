// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.variables;

import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import java.util.Optional;

/** Asks a scope for values and tells what is wrong where the reference stands. */
public final class Lookup {
    /** Characters that the variables of one text may add up to. */
    private static final int BUDGET = 4 * 1024 * 1024;

    private final Scope scope;
    private final Findings findings;
    private int spent;

    public Lookup(Scope scope, Findings findings) {
        this.scope = scope;
        this.findings = findings;
    }

    /** The value of a variable, or a finding. */
    public Optional<Resolution.Value> value(String name, SourceLocation at, String pointer) {
        Resolution resolution = scope.resolve(name);
        if (resolution instanceof Resolution.Value value) {
            return affordable(value, at, pointer) ? checked(value, pointer) : Optional.empty();
        }
        if (resolution instanceof Resolution.Undefined undefined) {
            undefined(undefined, at, pointer);
        } else if (resolution instanceof Resolution.Cyclic cyclic) {
            findings.error(
                    "cyclic-variable",
                    at,
                    pointer,
                    "variable '" + name + "' refers to itself: "
                            + String.join(" -> ", cyclic.path()) + " -> " + cyclic.name(),
                    "give one of them a value of its own");
        } else if (resolution instanceof Resolution.Malformed malformed) {
            malformed(malformed.part(), malformed.declaration().at(), pointer);
        } else if (resolution instanceof Resolution.TooLong tooLong) {
            findings.error(
                    "long-variable",
                    tooLong.declaration().at(),
                    pointer,
                    "expected a value of at most " + Resolution.LONGEST_VALUE + " characters for '"
                            + name + "', found a longer one",
                    "put long texts into a file");
        }
        return Optional.empty();
    }

    public void malformed(Part.Malformed part, SourceLocation at, String pointer) {
        findings.error(
                "malformed-reference",
                at,
                pointer,
                "expected a reference, found \"" + part.text() + "\"",
                part.nextStep());
    }

    /** A text that would be taken for more secrets than it asks for was pieced together. */
    public boolean smuggles(String text, long secrets, SourceLocation at, String pointer) {
        if (Template.secrets(text) == secrets) {
            return false;
        }
        findings.error(
                "secret-reference",
                at,
                pointer,
                "found a reference to a secret that is escaped or pieced together",
                "write ${secret:NAME} in one piece, and never $${secret:");
        return true;
    }

    private boolean affordable(Resolution.Value value, SourceLocation at, String pointer) {
        spent = Math.min(BUDGET + 1, spent + value.text().length());
        if (spent <= BUDGET) {
            return true;
        }
        findings.error(
                "too-large",
                at,
                pointer,
                "expected variables that add up to at most " + BUDGET + " characters, found more",
                "shorten the values or use fewer references");
        return false;
    }

    private void undefined(Resolution.Undefined undefined, SourceLocation at, String pointer) {
        String through = undefined.path().isEmpty()
                ? ""
                : ", asked for by " + String.join(" -> ", undefined.path());
        String hint = NearestName.of(undefined.name(), scope.known())
                .filter(near -> !undefined.path().contains(near))
                .map(near -> "did you mean '" + near + "'?")
                .orElse("declare it in variables.yaml of the environment or in the job;"
                        + " for a literal ${ write $${");
        findings.error(
                "undefined-variable",
                at,
                pointer,
                "undefined variable '" + undefined.name() + "'" + through,
                hint);
    }

    private Optional<Resolution.Value> checked(Resolution.Value value, String pointer) {
        if (value.secrets() > 0 || value.type().accepts(value.text())) {
            return Optional.of(value);
        }
        findings.error(
                "variable-type",
                value.declaration().at(),
                pointer,
                "expected " + value.type().expected() + " for variable '"
                        + value.declaration().name() + "' of type "
                        + value.type().word()
                        + ", found \"" + value.text() + "\"",
                "correct the value or the type");
        return Optional.empty();
    }
}
