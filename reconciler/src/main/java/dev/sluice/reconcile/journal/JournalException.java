// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static java.util.Objects.requireNonNull;

/**
 * The journal could not do what was asked. Whatever was being written is not there: a write is one
 * transaction. No effect on a cluster may follow a failed intent.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, for whoever decides what to do next. */
    public enum Problem {
        /** Another process holds the file for longer than the busy time-out: try again later. */
        BUSY,
        /** No room on the disk, or the file may not be written. */
        FULL,
        /** The file is damaged, missing or not a journal: only a person can go on. */
        CORRUPT,
        /** A newer version of Sluice wrote the file. */
        NEWER,
        /** Another controller leads by now: stop acting. */
        LEASE_LOST,
        /** The record decided on is not the journal's any more: read it again. */
        STALE,
        /** Anything else, such as a disk that does not answer. */
        OTHER
    }

    private final Problem problem;

    public JournalException(Problem problem, String message) {
        super(requireNonNull(message, "message is null"));
        this.problem = requireNonNull(problem, "problem is null");
    }

    public JournalException(Problem problem, String message, Throwable cause) {
        super(requireNonNull(message, "message is null"), cause);
        this.problem = requireNonNull(problem, "problem is null");
    }

    public Problem problem() {
        return problem;
    }
}
