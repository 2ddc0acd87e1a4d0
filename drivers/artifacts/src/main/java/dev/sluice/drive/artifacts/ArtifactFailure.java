// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

/** An artifact could not be brought here, or is not what its digest says. */
public final class ArtifactFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    ArtifactFailure(boolean retryable, String message, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    ArtifactFailure(boolean retryable, String message) {
        super(message);
        this.retryable = retryable;
    }

    /** True when the same request may succeed later, such as after a network failure. */
    public boolean isRetryable() {
        return retryable;
    }
}
