// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.text;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;

/** Shows how far something long has come: one line that is written over on a terminal, else nothing. */
public final class ReadingLine {
    private static final int STEPS = 100;

    private final PrintWriter out;
    private final boolean isTerminal;

    /** @param isTerminal whether a line may be written over */
    public ReadingLine(PrintWriter out, boolean isTerminal) {
        this.out = requireNonNull(out, "out is null");
        this.isTerminal = isTerminal;
    }

    /**
     * Told after each piece; written a hundred times at most.
     *
     * @param what is worked on
     * @param done from 1 to {@code all}
     */
    public void at(String what, int done, int all) {
        boolean isStep = done == 1 || done == all || done % Math.max(1, all / STEPS) == 0;
        if (isTerminal && isStep) {
            out.print("\r  " + what + ": " + done + " of " + all + (done == all ? "\n" : ""));
            out.flush();
        }
    }
}
