// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import java.util.Random;

/** The number that decides what a run leaves to chance; {@code -Dcrash.seed} repeats a run. */
record Seed(long number) {
    /** The one that was asked for, or another each time; it is printed. */
    static Seed ofThisRun() {
        long number = Long.getLong("crash.seed", new Random().nextInt(1_000_000));
        System.out.println("crash seed " + number + ", repeat with -Dcrash.seed=" + number);
        return new Seed(number);
    }

    Random random() {
        return new Random(number);
    }

    /** Each version of Flink every other time. */
    String flinkVersion() {
        return flinkVersion(0);
    }

    /** The version of one of several worlds; two of them have different ones. */
    String flinkVersion(int lane) {
        return (number + lane) % 2 == 0 ? "1.20" : "2.2";
    }
}
