// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What references to secrets stand for. A script travels with its references; they are resolved where
 * the job is made, from a file that only the cluster's user can read, and are told to nobody else.
 */
final class SecretValues {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{secret:([A-Za-z0-9][A-Za-z0-9_./-]*)\\}");
    private static final String BLACK = "***";

    private final Map<String, String> values;
    private final boolean isWithheld;

    private SecretValues(Map<String, String> values, boolean isWithheld) {
        this.values = Collections.unmodifiableMap(values);
        this.isWithheld = isWithheld;
    }

    static SecretValues none() {
        return new SecretValues(Collections.emptyMap(), false);
    }

    /** Where a graph is compiled and nothing is reached, any text does. */
    static SecretValues withheld() {
        return new SecretValues(Collections.emptyMap(), true);
    }

    /** From a file of Java properties, name to value. */
    static SecretValues read(String file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Paths.get(file))) {
            properties.load(in);
        }
        Map<String, String> values = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> values.put(name, properties.getProperty(name)));
        return new SecretValues(values, false);
    }

    /** The statement with values for references; they stand inside of quotes, so quotes are doubled. */
    String resolve(String statement) {
        Matcher matcher = REFERENCE.matcher(statement);
        StringBuffer resolved = new StringBuffer();
        while (matcher.find()) {
            String value = value(matcher.group(1)).replace("'", "''");
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(resolved).toString();
    }

    /** The text without any value in it. */
    String blacken(String text) {
        String black = text;
        for (String value : values.values()) {
            if (!value.isEmpty()) {
                black = black.replace(value.replace("'", "''"), BLACK).replace(value, BLACK);
            }
        }
        return black;
    }

    boolean isEmpty() {
        return values.isEmpty() && !isWithheld;
    }

    private String value(String name) {
        if (isWithheld) {
            return "withheld";
        }
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the secret '" + name + "' was not brought to the cluster");
        }
        return value;
    }
}
