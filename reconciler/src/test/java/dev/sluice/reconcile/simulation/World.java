// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import java.time.Instant;
import java.util.function.Supplier;

/** What a process of a run finds around it. */
interface World {
    Instant now();

    Git git();

    ModelJournal journal();

    Invariants invariants();

    /** A driver with nothing in its memory. */
    ModelDriver driver();

    void say(Supplier<String> text);
}
