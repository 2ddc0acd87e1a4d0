// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

/** What a command's exit code means; the same for every verb. */
final class ExitCode {
    static final int DONE = 0;
    static final int INPUT_WRONG = 1;
    /** Only with {@code plan --detailed-exitcode}. */
    static final int CHANGES = 2;

    static final int WORLD_FAILED = 3;
    static final int TIMED_OUT = 4;
    static final int REFUSED = 5;
    static final int USAGE = 64;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
