// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.Digest;
import dev.sluice.spec.JobSpec;

/** The canonical text of a specification: one line of JSON with sorted keys. */
public final class JobSpecText {
    private JobSpecText() {}

    public static String write(JobSpec spec) {
        throw new UnsupportedOperationException("written with the reader");
    }

    public static JobSpec read(String text) {
        throw new UnsupportedOperationException("written with the reader");
    }

    public static Digest digest(JobSpec spec) {
        throw new UnsupportedOperationException("written with the reader");
    }
}
