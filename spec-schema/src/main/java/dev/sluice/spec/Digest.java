// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import java.util.regex.Pattern;

/** A SHA-256 digest as 64 lower-case hex digits. */
public record Digest(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (hex == null || !FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
        }
    }

    public static Digest of(String text) {
        return new Digest(Sha256.hex(text));
    }

    public static Digest of(byte[] bytes) {
        return new Digest(Sha256.hex(bytes));
    }

    /** The first 12 digits, for people. */
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return hex;
    }
}
