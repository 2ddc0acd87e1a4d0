// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import java.util.regex.Pattern;

/** A git commit of the job repository, 40 lower-case hex digits. */
public record CommitId(String hash) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    public CommitId {
        if (hash == null || !FORM.matcher(hash).matches()) {
            throw new IllegalArgumentException("not a commit id: " + hash);
        }
    }

    /** The first 8 digits, for people. */
    public String brief() {
        return hash.substring(0, 8);
    }

    @Override
    public String toString() {
        return hash;
    }
}
