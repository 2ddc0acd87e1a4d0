// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Controllers die while they upgrade a job whose every attempt has processes of its own, on real Flink:
 * at any moment, a fifth as often as {@code -Dcrash.kills} says; with {@code -Dcrash.full} also in every
 * way at every fail-point of a stop and of a start.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplicationCrashIT {
    /** An upgrade takes about this long, for processes are started. */
    private static final Duration UPGRADE = Duration.ofSeconds(8);

    private static final int SHARE = 5;

    private final Seed seed = Seed.ofThisRun();

    private CrashWorld world;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        Setting setting = new Setting(seed.flinkVersion(), Setting.Kind.APPLICATION);
        world = CrashWorld.begin(folder, setting, seed.random());
    }

    @AfterAll
    void end() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> noPromiseIsBrokenWheneverAControllerIsKilled() {
        return IntStream.range(0, Integer.getInteger("crash.kills", 20) / SHARE)
                .mapToObj(kill -> dynamicTest(
                        kill + " on Flink " + seed.flinkVersion(),
                        () -> world.kill(UPGRADE, Trap.NONE, Trap.NONE)));
    }

    @TestFactory
    Stream<DynamicTest> noPromiseIsBrokenWhereverAControllerDies() {
        return FailPoint.all().stream()
                .filter(point -> Boolean.getBoolean("crash.full"))
                .filter(point -> point.kind() == StepKind.STOP || point.kind() == StepKind.START)
                .flatMap(point -> Stream.of(Blow.values())
                        .map(blow -> dynamicTest(
                                point + " " + blow + " on Flink " + seed.flinkVersion(),
                                () -> world.play(point, blow, Trap.NONE))));
    }
}
