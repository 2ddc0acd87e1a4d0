// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

/** A call that brought no usable answer. Only a REFUSED one says that the cluster understood it. */
public final class RestFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What happened to the call. */
    public enum Kind {
        /** No connection; the request was not sent. */
        UNREACHABLE,
        /** The connection broke or the time was over; nobody knows what the cluster did. */
        LOST,
        /** No trusted connection, or no right to ask; nothing was done. */
        DENIED,
        /** An answer that is no answer of Flink: too large, or not what was asked. */
        MALFORMED,
        /** Flink answered with an error. */
        REFUSED
    }

    private final Kind kind;
    private final int status;

    RestFailure(Kind kind, int status, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
    }

    RestFailure(Kind kind, String message) {
        this(kind, 0, message, null);
    }

    public Kind kind() {
        return kind;
    }

    /** HTTP status of a refusal, else 0. */
    public int status() {
        return status;
    }

    /** True while a JobManager starts: it does not listen yet, or has no leader yet (503). */
    public boolean isNotServingYet() {
        return kind == Kind.UNREACHABLE || status == 503;
    }
}
