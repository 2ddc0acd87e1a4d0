// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Controllers are killed at any moment of an upgrade on real Flink. */
class RandomKillIT {
    /** An upgrade takes about this long. */
    private static final int LATEST_MILLIS = 2_500;

    private final Seed seed = Seed.ofThisRun();

    @TempDir
    Path folder;

    @Test
    @Timeout(3_600)
    void noPromiseIsBrokenWheneverAControllerIsKilled() throws Exception {
        Random random = seed.random();
        try (CrashWorld world = CrashWorld.begin(folder, seed.flinkVersion(), random)) {
            for (int round = 0; round < Integer.getInteger("crash.kills", 20); round++) {
                world.kill(Duration.ofMillis(random.nextInt(LATEST_MILLIS)));
            }
        }
    }
}
