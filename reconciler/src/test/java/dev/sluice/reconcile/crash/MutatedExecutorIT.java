// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The observer finds the mistakes that it is there for, on real Flink. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutatedExecutorIT {
    private static final FailPoint SAVEPOINT_ASKED_FOR =
            new FailPoint(StepKind.STOP, Moment.ANSWERED);
    private static final FailPoint SUBMITTED = new FailPoint(StepKind.START, Moment.ANSWERED);

    private CrashWorld world;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        world = CrashWorld.begin(folder, Setting.session("1.20"), new Random(1));
    }

    @AfterAll
    void end() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void everyMistakeIsFound() throws Exception {
        world.playUntilFound(
                Mistake.NEW_TRIGGER_AFTER_RESTART,
                SAVEPOINT_ASKED_FOR,
                "no intent in the journal for POST /jobs/");
        world.recover(2);
        world.playUntilFound(
                Mistake.INTENT_AFTER_EFFECT, SUBMITTED, "no intent in the journal for POST /jars/");
        world.recover(3);
        world.playUntilFound(Mistake.NEW_JOB_AFTER_RESTART, SUBMITTED, "two live jobs at once");
    }
}
