// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * What the runner is told. The script travels as an argument, so no file system is shared with the
 * cluster.
 *
 * <ul>
 *   <li>{@code --script TEXT}: the script, gzip, then base64url
 *   <li>{@code --batch}: a bounded job
 *   <li>{@code --configuration TEXT}: gzip, then base64url, of URL-encoded {@code key=value} joined by
 *       {@code &}; for Flink 1.15 and 1.16, whose REST interface takes no configuration
 *   <li>{@code --secrets FILE}: what references to secrets stand for, see {@link SecretValues}
 *   <li>{@code --secrets-withheld}: they stand for nothing, because the job is not run
 *   <li>{@code --explain FILE}: where to write how Flink would run the job
 * </ul>
 */
final class Arguments {
    private static final int BUFFER_BYTES = 8192;

    private final String script;
    private final boolean isBatch;
    private final Map<String, String> configuration;
    private final SecretValues secrets;
    private final Optional<Path> explanation;

    private Arguments(
            String script,
            boolean isBatch,
            Map<String, String> configuration,
            SecretValues secrets,
            Optional<Path> explanation) {
        this.secrets = secrets;
        this.explanation = explanation;
        this.script = script;
        this.isBatch = isBatch;
        this.configuration = Collections.unmodifiableMap(configuration);
    }

    static Arguments parse(String[] arguments) throws IOException {
        String script = null;
        boolean isBatch = false;
        Map<String, String> configuration = new TreeMap<>();
        SecretValues secrets = SecretValues.none();
        Optional<Path> explanation = Optional.empty();
        for (int index = 0; index < arguments.length; index++) {
            boolean hasValue = index + 1 < arguments.length;
            if (arguments[index].equals("--script") && hasValue) {
                index++;
                script = decode(arguments[index]);
            } else if (arguments[index].equals("--configuration") && hasValue) {
                index++;
                configuration.putAll(pairs(decode(arguments[index])));
            } else if (arguments[index].equals("--secrets") && hasValue) {
                index++;
                secrets = SecretValues.read(arguments[index]);
            } else if (arguments[index].equals("--secrets-withheld")) {
                secrets = SecretValues.withheld();
            } else if (arguments[index].equals("--explain") && hasValue) {
                index++;
                explanation = Optional.of(Paths.get(arguments[index]));
            } else if (arguments[index].equals("--batch")) {
                isBatch = true;
            } else {
                throw new IllegalArgumentException("unknown argument: " + arguments[index]);
            }
        }
        if (script == null) {
            throw new IllegalArgumentException("--script is missing");
        }
        return new Arguments(script, isBatch, configuration, secrets, explanation);
    }

    String script() {
        return script;
    }

    boolean isBatch() {
        return isBatch;
    }

    SecretValues secrets() {
        return secrets;
    }

    Optional<Path> explanation() {
        return explanation;
    }

    Map<String, String> configuration() {
        return configuration;
    }

    private static Map<String, String> pairs(String text) throws IOException {
        Map<String, String> pairs = new TreeMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        URLDecoder.decode(pair.substring(0, equals), "UTF-8"),
                        URLDecoder.decode(pair.substring(equals + 1), "UTF-8"));
            }
        }
        return pairs;
    }

    private static String decode(String argument) throws IOException {
        byte[] zipped = Base64.getUrlDecoder().decode(argument);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                text.write(buffer, 0, read);
            }
        }
        return new String(text.toByteArray(), StandardCharsets.UTF_8);
    }
}
