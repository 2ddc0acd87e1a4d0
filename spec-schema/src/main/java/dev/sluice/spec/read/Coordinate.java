// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of an artifact means. */
public sealed interface Coordinate {
    /**
     * {@code group:artifact[:extension[:classifier]]:version} on a Maven repository.
     *
     * @param unversioned the coordinate without its version: two versions of one thing have it in common
     */
    record Maven(String group, String unversioned, String version) implements Coordinate {
        /** A version that can mean other bytes tomorrow. */
        public boolean isMoving() {
            boolean range = version.matches(".*[\\[\\](),+*].*");
            return range
                    || version.endsWith("-SNAPSHOT")
                    || version.equals("LATEST")
                    || version.equals("RELEASE");
        }
    }

    /** An http or https address. */
    record Address(String url) implements Coordinate {
        /** Whether something before an @ names a user; such an address is never printed. */
        boolean hasCredentials() {
            return url.matches("https?://[^/?#]*@.*");
        }
    }

    /** A path in the repository. */
    record InTree(String path) implements Coordinate {}

    Pattern MAVEN = Pattern.compile(
            "(([A-Za-z0-9_.-]+):[A-Za-z0-9_.-]+(?::[A-Za-z0-9_.-]+){0,2}):([^:/\\\\]+)");

    /** Every text means something; what is no coordinate and no address is a path. */
    static Coordinate of(String text) {
        if (text.startsWith("https://") || text.startsWith("http://")) {
            return new Address(text);
        }
        Matcher maven = MAVEN.matcher(text);
        Optional<Maven> found = maven.matches()
                ? Optional.of(new Maven(maven.group(2), maven.group(1), maven.group(3)))
                : Optional.empty();
        return found.isPresent() ? found.get() : new InTree(text);
    }
}
