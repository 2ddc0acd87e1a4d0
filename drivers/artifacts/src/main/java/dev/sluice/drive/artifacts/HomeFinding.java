// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

/**
 * Something about a Flink home that a person should know.
 *
 * @param isError the home cannot be used as it is
 * @param text what was found
 * @param next what to do about it
 */
public record HomeFinding(boolean isError, String text, String next) {
    public HomeFinding {
        requireNonNull(text, "text is null");
        requireNonNull(next, "next is null");
    }

    static HomeFinding error(String text, String next) {
        return new HomeFinding(true, text, next);
    }

    static HomeFinding warning(String text, String next) {
        return new HomeFinding(false, text, next);
    }

    @Override
    public String toString() {
        return text + "; " + next;
    }
}
