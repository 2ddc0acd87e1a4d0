// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Java says of itself. */
final class JavaHome {
    private static final Pattern VERSION =
            Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?(\\d+)[^\"]*\"");

    private JavaHome() {}

    /** The feature version, from the file {@code release} that every JDK has; 8 for 1.8. */
    static Optional<Integer> feature(Path java) {
        try {
            Path file = java.toRealPath().getParent().resolveSibling("release");
            Matcher matcher = VERSION.matcher(Files.readString(file));
            return matcher.find()
                    ? Optional.of(Integer.valueOf(matcher.group(1)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
