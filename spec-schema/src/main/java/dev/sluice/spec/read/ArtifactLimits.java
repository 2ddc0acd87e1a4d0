// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

/** How large files that jobs load may be. */
public final class ArtifactLimits {
    /** Bytes of a jar in the repository. */
    public static final int JAR_BYTES = 128 * 1024 * 1024;

    private ArtifactLimits() {}
}
