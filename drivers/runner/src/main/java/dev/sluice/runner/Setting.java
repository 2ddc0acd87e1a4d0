// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code SET 'key' = 'value'} statement. */
final class Setting {
    private static final Pattern FORM =
            Pattern.compile("(?is)SET\\s+'((?:[^']|'')+)'\\s*=\\s*'((?:[^']|'')*)'\\s*");

    /**
     * Keys that decide where state lies and under which id a job runs. A script that changed them
     * would put state where nobody finds it.
     */
    private static final Pattern RESERVED = Pattern.compile("(?i)"
            + "\\$internal\\..*"
            + "|high-availability.*"
            + "|(state|execution)\\.check-?point(s|ing)\\.(dir|savepoint-dir|storage)"
            + "|state\\.savepoints\\.dir|state\\.checkpoint-storage"
            + "|execution\\.(checkpointing\\.externalized-checkpoint-retention"
            + "|savepoint\\..*|state-recovery\\..*|shutdown-on-.*)");

    private final String key;
    private final String value;

    private Setting(String key, String value) {
        this.key = key;
        this.value = value;
    }

    static Setting parse(Statement statement) {
        Matcher matcher = FORM.matcher(statement.text());
        if (!matcher.matches()) {
            throw ScriptFailure.of(statement, "write SET 'key' = 'value'");
        }
        String key = unquote(matcher.group(1));
        if (RESERVED.matcher(key).matches()) {
            throw ScriptFailure.of(
                    statement, "the key " + key + " is set by Sluice and must not be SET");
        }
        return new Setting(key, unquote(matcher.group(2)));
    }

    String key() {
        return key;
    }

    String value() {
        return value;
    }

    private static String unquote(String text) {
        return text.replace("''", "'");
    }
}
