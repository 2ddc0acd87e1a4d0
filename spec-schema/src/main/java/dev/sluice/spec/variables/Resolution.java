// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.variables;

import java.util.List;

/** What asking for a variable gives. */
public sealed interface Resolution {
    /** Longer values are an accident; the limit also stops doubling chains of references. */
    int LONGEST_VALUE = 65_536;

    /**
     * A value.
     *
     * @param text every reference followed but those to secrets
     * @param secrets how many references to secrets the text holds
     */
    record Value(Declaration declaration, VariableType type, String text, long secrets)
            implements Resolution {}

    /**
     * Nobody declares the name.
     *
     * @param path the variables that led to it, empty when it was asked for directly
     */
    record Undefined(String name, List<String> path) implements Resolution {
        public Undefined {
            path = List.copyOf(path);
        }
    }

    /** The variable leads back to itself. */
    record Cyclic(String name, List<String> path) implements Resolution {
        public Cyclic {
            path = List.copyOf(path);
        }
    }

    /** The declaration holds something that begins like a reference and is none. */
    record Malformed(Declaration declaration, Part.Malformed part) implements Resolution {}

    /** The value is longer than {@link #LONGEST_VALUE}. */
    record TooLong(Declaration declaration) implements Resolution {}
}
