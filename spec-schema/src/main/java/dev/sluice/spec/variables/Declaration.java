// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.variables;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.SourceLocation;
import java.util.Optional;

/**
 * A variable as one layer has it.
 *
 * @param type absent for a bare scalar: a weaker layer's type counts, else it is a string
 * @param value as written, references in it not followed
 */
public record Declaration(
        String name, Optional<VariableType> type, String value, SourceLocation at) {
    public Declaration {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(value, "value is null");
        requireNonNull(at, "at is null");
    }
}
