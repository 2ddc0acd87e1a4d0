// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fetch;

/** A jar cannot be had, or is not the one that was asked for. */
public final class FetchFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is, as the process tells it. */
    public enum Reason {
        /** There, with other bytes than the digest says. */
        OTHER_BYTES(3),
        /** Asked for, and not there. */
        NOT_FOUND(4),
        /** Other credentials are wanted. */
        DENIED(5),
        /** No answer, or a server in trouble; the same request may succeed later. */
        UNREACHABLE(6);

        private final int exitCode;

        Reason(int exitCode) {
            this.exitCode = exitCode;
        }

        /** What the process ends with. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final transient Reason reason;

    FetchFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
