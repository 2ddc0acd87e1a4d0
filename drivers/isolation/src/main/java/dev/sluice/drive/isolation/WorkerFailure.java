// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

/** A worker gave no result. */
public final class WorkerFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Kind {
        /** The user's script or program is wrong. */
        PROGRAM,
        /** The user's program ended its process. */
        EXIT,
        /** There was no result until the deadline; the process was killed. */
        DEADLINE,
        /** A mistake of ours, or a Flink home that is put together wrongly. */
        WORKER,
        /** The process ended without a word: killed, or out of memory. */
        DIED,
        /** The process could not be started. */
        START
    }

    private final Kind kind;

    public WorkerFailure(Kind kind, String message) {
        super(message);
        this.kind = requireNonNull(kind, "kind is null");
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the request itself is to blame, so that repeating it is of no use. */
    public boolean isOfProgram() {
        return kind == Kind.PROGRAM || kind == Kind.EXIT || kind == Kind.DEADLINE;
    }
}
