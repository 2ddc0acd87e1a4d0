// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A controller dies at every fail-point on real Flink. Once each, the blow and Flink's version
 * changing with the seed; with {@code -Dcrash.full} every blow at every fail-point. {@code
 * -Dcrash.only=STOP} plays what begins so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashEnumerationIT {
    private record Round(FailPoint point, Blow blow) {
        @Override
        public String toString() {
            return point + " " + blow;
        }
    }

    private final Seed seed = Seed.ofThisRun();

    private CrashWorld world;
    private boolean isWhole = true;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        world = CrashWorld.begin(folder, seed.flinkVersion(), seed.random());
    }

    @AfterAll
    void end() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> noPromiseIsBrokenWhereverAControllerDies() {
        List<Round> rounds = rounds();
        return IntStream.range(0, rounds.size()).mapToObj(index -> {
            Round round = rounds.get(index);
            String next = index + 1 < rounds.size()
                    ? rounds.get(index + 1).point().toString()
                    : Trap.NONE;
            return dynamicTest(round + " on Flink " + seed.flinkVersion(), () -> play(round, next));
        });
    }

    /** Where a promise was broken the world is of no more use. */
    private void play(Round round, String next) throws Exception {
        assertTrue(isWhole, "an earlier round has failed");
        isWhole = false;
        world.play(round.point(), round.blow(), next);
        isWhole = true;
    }

    private List<Round> rounds() {
        List<Round> rounds = new ArrayList<>();
        List<FailPoint> points = FailPoint.all();
        for (int index = 0; index < points.size(); index++) {
            int turn = Math.floorMod(index + seed.number(), Blow.values().length);
            for (Blow blow : Blow.values()) {
                if (Boolean.getBoolean("crash.full") || blow.ordinal() == turn) {
                    rounds.add(new Round(points.get(index), blow));
                }
            }
        }
        String only = System.getProperty("crash.only", "");
        return rounds.stream()
                .filter(round -> round.toString().matches(only + ".*"))
                .toList();
    }
}
