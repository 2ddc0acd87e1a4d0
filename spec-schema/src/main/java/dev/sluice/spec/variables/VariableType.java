// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.variables;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a variable may hold, and so where in SQL it may stand. */
public enum VariableType {
    STRING("string", "(?s).*", "any text"),
    NUMBER("number", "-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?", "a number such as 5 or 0.8"),
    BOOLEAN("boolean", "true|false", "true or false"),
    IDENTIFIER(
            "identifier",
            "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*){0,2}",
            "an identifier such as orders or db.orders"),
    INTERVAL(
            "interval",
            "[0-9]{1,9} (SECOND|MINUTE|HOUR|DAY|MONTH|YEAR)",
            "an interval such as 5 MINUTE"),
    HOST_PORTS(
            "hostPorts",
            "[A-Za-z0-9._-]+:[0-9]{1,5}(,[A-Za-z0-9._-]+:[0-9]{1,5})*",
            "a list such as host1:9092,host2:9092");

    private final String word;
    private final Pattern form;
    private final String expected;

    VariableType(String word, String form, String expected) {
        this.word = word;
        this.form = Pattern.compile(form);
        this.expected = expected;
    }

    /** The word in {@code type:}. */
    public String word() {
        return word;
    }

    /** What a value must look like. */
    public String expected() {
        return expected;
    }

    public boolean accepts(String value) {
        String checked = this == INTERVAL ? value.toUpperCase(Locale.ROOT) : value;
        return form.matches(checked);
    }

    static Optional<VariableType> of(String word) {
        return Stream.of(values()).filter(type -> type.word.equals(word)).findFirst();
    }
}
