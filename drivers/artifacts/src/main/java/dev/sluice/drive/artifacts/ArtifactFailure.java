// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

/** An artifact could not be brought here, or is not what its digest says. */
public final class ArtifactFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is, and whether waiting helps. */
    public enum Reason {
        /** Every repository answered, and none has it. */
        NOT_FOUND,
        /** It is there with other bytes than the digest says. */
        OTHER_BYTES,
        /** It is there and cannot be used, such as a jar that is no jar. */
        UNUSABLE,
        /** A repository or an address wants other credentials, or may not be asked at all. */
        DENIED,
        /** An answer took too long. */
        TIMED_OUT,
        /** No answer, or one that says the server is in trouble, or bytes damaged on the way. */
        UNREACHABLE
    }

    private final Reason reason;

    ArtifactFailure(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason is null");
    }

    ArtifactFailure(Reason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason is null");
    }

    public ArtifactFailure(boolean retryable, String message, Throwable cause) {
        this(retryable ? Reason.UNREACHABLE : Reason.UNUSABLE, message, cause);
    }

    public ArtifactFailure(boolean retryable, String message) {
        this(retryable ? Reason.UNREACHABLE : Reason.UNUSABLE, message);
    }

    public Reason reason() {
        return reason;
    }

    /** True when the same request may succeed later, such as after a network failure. */
    public boolean isRetryable() {
        return reason == Reason.TIMED_OUT || reason == Reason.UNREACHABLE;
    }
}
