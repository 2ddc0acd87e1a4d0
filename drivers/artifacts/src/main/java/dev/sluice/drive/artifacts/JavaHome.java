// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a Java can run a Flink version. */
public final class JavaHome {
    private static final Pattern VERSION =
            Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?(\\d+)[^\"]*\"");

    private JavaHome() {}

    /** Why the executable cannot run the version; empty when it can, or says nothing of itself. */
    public static Optional<String> refusal(Path java, FlinkRelease release) {
        if (!Files.isExecutable(java)) {
            return Optional.of("there is no Java at " + java + ": install one of " + release.java()
                    + ", or start Sluice with another one");
        }
        return feature(java)
                .filter(version -> !release.java().contains(version))
                .map(version -> "Flink " + release.minor() + " does not run on Java " + version
                        + " (" + java + "): start Sluice with one of " + release.java());
    }

    /** The feature version, from the file {@code release} that every JDK has; 8 for 1.8. */
    public static Optional<Integer> feature(Path java) {
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
