// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Controllers die at every fail-point and at any other moment of an upgrade, on real Flink. Each
 * fail-point once, the blow and Flink's version changing with the seed; with {@code -Dcrash.full} every
 * blow at every fail-point. {@code -Dcrash.only=STOP} plays what begins so, {@code -Dcrash.kills=200}
 * says how often a controller is killed at random.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashEnumerationIT {
    private record Round(FailPoint point, Blow blow) {
        @Override
        public String toString() {
            return point + " " + blow;
        }
    }

    /** An upgrade takes about this long. */
    private static final Duration UPGRADE = Duration.ofMillis(2_000);

    private final Seed seed = Seed.ofThisRun();

    private Lanes lanes;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        lanes = Lanes.begin(folder, seed);
    }

    @AfterAll
    void end() throws Exception {
        if (lanes != null) {
            lanes.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> noPromiseIsBrokenWhereverAControllerDies() {
        return tests(
                rounds(),
                (world, round, next) -> world.play(
                        round.point(),
                        round.blow(),
                        next.map(Round::point).map(FailPoint::toString).orElse(Trap.NONE)));
    }

    @TestFactory
    Stream<DynamicTest> noPromiseIsBrokenWheneverAControllerIsKilled() {
        List<Integer> kills = IntStream.range(0, Integer.getInteger("crash.kills", 20))
                .boxed()
                .toList();
        Function<Integer, String> where =
                number -> number / 2 % 4 == 3 ? Trap.COMPILING : Trap.NONE;
        return tests(
                kills,
                (world, kill, next) ->
                        world.kill(UPGRADE, where.apply(kill), next.map(where).orElse(Trap.NONE)));
    }

    private <R> Stream<DynamicTest> tests(List<R> rounds, Lanes.Play<R> play) {
        List<Future<?>> played = lanes.play(rounds, play);
        return IntStream.range(0, rounds.size())
                .mapToObj(number -> dynamicTest(
                        rounds.get(number) + " on Flink " + lanes.flinkVersion(number),
                        () -> await(played.get(number))));
    }

    private static void await(Future<?> round) throws Throwable {
        try {
            round.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
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
