// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What the demo claims, each checked; one failure fails the demo. */
final class Checks {
    private final PrintWriter out;
    private final List<String> failures = new ArrayList<>();
    private int passed;

    Checks(PrintWriter out) {
        this.out = out;
    }

    /** Records a claim and whether it held; {@code found} is said when it did not. */
    void that(boolean holds, String claim, Object found) {
        if (holds) {
            passed++;
            say("     ok      " + claim);
            return;
        }
        failures.add(claim);
        say("     FAILED  " + claim + "; found: " + found);
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    boolean allHeld() {
        return failures.isEmpty() && passed > 0;
    }

    String summary() {
        return passed + " claims held, " + failures.size() + " failed";
    }
}
