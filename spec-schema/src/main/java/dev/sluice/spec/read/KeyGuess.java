// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.JobKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key of a job whose file is not valid YAML, when two lines of it still say so plainly. */
final class KeyGuess {
    private static final Pattern NAME = line("name", 40);
    private static final Pattern TEAM = line("team", 20);

    private KeyGuess() {}

    static Optional<JobKey> of(byte[] bytes, String repository, String environment) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return only(NAME, text)
                .flatMap(name -> only(TEAM, text)
                        .map(team -> new JobKey(repository, environment, team, name)));
    }

    private static Pattern line(String field, int maximum) {
        return Pattern.compile("(?m)^" + field + ":[ \\t]*[\"']?([a-z][-a-z0-9]{0," + (maximum - 1)
                + "})[\"']?[ \\t]*(?:#.*)?\\r?$");
    }

    private static Optional<String> only(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String found = matcher.group(1);
        return matcher.find() ? Optional.empty() : Optional.of(found);
    }
}
