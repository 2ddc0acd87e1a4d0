// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

/** A call to the API server that did not do what was asked. */
final class KubeFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What happened to the call. */
    enum Kind {
        /** No usable answer: nobody knows what the server did. */
        LOST,
        /**
         * The server does not know who asks (401), or does not let them look (403 of a read). That says
         * nothing of what is there, and nothing of what was asked for.
         */
        HIDDEN,
        /** No right to change it so (403). Quotas are refusals too, and have words of their own. */
        DENIED,
        /** There is no such object (404). */
        MISSING,
        /** Another object of that name, or another version of it, is there (409). */
        CONFLICT,
        /** The server asks for patience, or has not the time (429, 5xx). */
        BUSY,
        /** The version that was asked about is too old (410): list again. */
        GONE,
        /** The object is not acceptable (400, 422), with the server's reason. */
        INVALID
    }

    private final Kind kind;

    KubeFailure(Kind kind, String message) {
        super(message);
        this.kind = requireNonNull(kind, "kind is null");
    }

    Kind kind() {
        return kind;
    }

    /** Nothing was done, and nothing will come of the same request. */
    boolean isForGood() {
        return kind == Kind.DENIED || kind == Kind.INVALID;
    }

    /** @param isRead the call was to change nothing */
    static Kind kind(int status, boolean isRead) {
        return switch (status) {
            case 401 -> Kind.HIDDEN;
            case 403 -> isRead ? Kind.HIDDEN : Kind.DENIED;
            case 404 -> Kind.MISSING;
            case 409 -> Kind.CONFLICT;
            case 410 -> Kind.GONE;
            case 429 -> Kind.BUSY;
            default -> status >= 500 ? Kind.BUSY : Kind.INVALID;
        };
    }
}
