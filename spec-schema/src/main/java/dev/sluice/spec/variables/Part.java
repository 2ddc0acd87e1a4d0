// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.variables;

import java.util.Locale;

/** A piece of a text with references in it. */
public sealed interface Part {
    /** Where the piece begins in the text. */
    int offset();

    /** Text that stands for itself. */
    record Literal(String text, int offset) implements Part {}

    /** {@code ${name}}. */
    record Variable(String name, int offset) implements Part {}

    /** {@code ${secret:NAME}}. */
    record Secret(String name, int offset) implements Part {
        /** The reference, as it survives rendering. */
        public String reference() {
            return Template.SECRET_OPEN + name + "}";
        }
    }

    /** Something that begins like a reference and is none. */
    record Malformed(String text, int offset) implements Part {
        String nextStep() {
            boolean environment = text.toLowerCase(Locale.ROOT).startsWith("${env:");
            return environment
                    ? "declare a variable; the controller's own environment is never read"
                    : "write ${name} or ${secret:NAME}, or $${ for a literal ${";
        }
    }
}
