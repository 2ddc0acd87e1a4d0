// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.doctor;

import static java.util.Objects.requireNonNull;

/**
 * One thing that was looked at.
 *
 * @param subject what, such as {@code cluster lab}
 * @param text what was found
 * @param next what to do; empty when there is nothing to do
 */
public record Check(String subject, Verdict verdict, String text, String next) {
    /** How it stands. */
    public enum Verdict {
        OK,
        /** Works, but somebody should know. */
        WARNING,
        /** A file says something that cannot be. */
        INPUT_WRONG,
        /** Something outside is missing or does not answer. */
        FAILED
    }

    public Check {
        requireNonNull(subject, "subject is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(text, "text is null");
        requireNonNull(next, "next is null");
    }

    static Check ok(String subject, String text) {
        return new Check(subject, Verdict.OK, text, "");
    }

    static Check warning(String subject, String text, String next) {
        return new Check(subject, Verdict.WARNING, text, next);
    }

    static Check wrong(String subject, String text, String next) {
        return new Check(subject, Verdict.INPUT_WRONG, text, next);
    }

    static Check failed(String subject, String text, String next) {
        return new Check(subject, Verdict.FAILED, text, next);
    }
}
