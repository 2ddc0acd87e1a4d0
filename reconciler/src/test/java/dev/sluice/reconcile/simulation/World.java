// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.reconcile.loop.LoopHouse;
import dev.sluice.spec.JobKey;
import java.time.Instant;
import java.util.function.Supplier;

/** What a process of a run finds around it. */
interface World {
    Instant now();

    Git git();

    ModelJournal journal();

    Invariants invariants();

    /** A driver with nothing in its memory. */
    ModelDriver driver(String cluster, Bend bend);

    Estate estate();

    /** What must hold for the jobs together. */
    HouseWatch watch();

    /** The rules and schedules, with nothing in their memory. */
    LoopHouse house();

    /** For how many seconds the answer to this job's next call stays away. */
    int hangs(JobKey key);

    void say(Supplier<String> text);
}
