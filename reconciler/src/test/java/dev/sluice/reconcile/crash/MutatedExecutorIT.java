// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The observer finds the mistakes that it is there for, on real Flink. */
class MutatedExecutorIT {
    private static final FailPoint SAVEPOINT_ASKED_FOR =
            new FailPoint(StepKind.STOP, Moment.ANSWERED);
    private static final FailPoint SUBMITTED = new FailPoint(StepKind.START, Moment.ANSWERED);

    @TempDir
    Path folder;

    private CrashWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = CrashWorld.begin(folder, "1.20", new Random(1));
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void anIntentWrittenAfterTheEffectIsFound() throws Exception {
        world.playUntilFound(
                Mistake.INTENT_AFTER_EFFECT, SAVEPOINT_ASKED_FOR, "no intent in the journal for");
    }

    @Test
    void aTriggerThatChangesWithTheProcessIsFound() throws Exception {
        world.playUntilFound(
                Mistake.NEW_TRIGGER_AFTER_RESTART,
                SAVEPOINT_ASKED_FOR,
                "no intent in the journal for POST /jobs/");
    }

    @Test
    void aJobIdThatChangesWithTheProcessIsFoundAsTwoLiveJobs() throws Exception {
        world.playUntilFound(
                Mistake.NEW_JOB_AFTER_RESTART, SUBMITTED, "two live jobs at once");
    }
}
