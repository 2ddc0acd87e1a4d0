// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Worlds side by side, each with a Flink cluster, an observer and a random source of its own: a world
 * mostly waits, so several use the processors better. Of n worlds each plays every n-th round, in order.
 */
final class Lanes implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CrashWorld> worlds = new ArrayList<>();

    /** Plays one round; the round after it in the same world is told, if there is one. */
    interface Play<R> {
        void play(CrashWorld world, R round, Optional<R> next) throws Exception;
    }

    /** Begins {@code -Dcrash.lanes} worlds, two unless it is given; each second has another Flink, adaptive. */
    static Lanes begin(Path folder, Seed seed) throws Exception {
        Lanes lanes = new Lanes();
        List<Callable<CrashWorld>> beginnings = IntStream.range(
                        0, Integer.getInteger("crash.lanes", 2))
                .<Callable<CrashWorld>>mapToObj(lane -> () -> CrashWorld.begin(
                        Files.createDirectories(folder.resolve("lane-" + lane)),
                        new Setting(
                                seed.flinkVersion(lane),
                                lane % 2 == 0 ? Setting.Kind.SESSION : Setting.Kind.ADAPTIVE),
                        new Random(seed.number() + lane)))
                .toList();
        for (Future<CrashWorld> world : lanes.threads.invokeAll(beginnings)) {
            lanes.worlds.add(world.get());
        }
        return lanes;
    }

    /** Flink's version in the world that plays the round with this number. */
    String flinkVersion(int round) {
        return worlds.get(round % worlds.size()).setting().flinkVersion();
    }

    /** Begins to play all rounds; the futures, in their order, end with them. */
    <R> List<Future<?>> play(List<R> rounds, Play<R> play) {
        List<Future<?>> played = new ArrayList<>(rounds.size());
        List<ExecutorService> order = worlds.stream()
                .map(world -> Executors.newSingleThreadExecutor())
                .toList();
        for (int number = 0; number < rounds.size(); number++) {
            R round = rounds.get(number);
            CrashWorld world = worlds.get(number % worlds.size());
            Optional<R> next = number + worlds.size() < rounds.size()
                    ? Optional.of(rounds.get(number + worlds.size()))
                    : Optional.empty();
            played.add(order.get(number % worlds.size()).submit(() -> {
                play.play(world, round, next);
                return null;
            }));
        }
        order.forEach(ExecutorService::shutdown);
        return List.copyOf(played);
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (CrashWorld world : worlds) {
            world.close();
        }
    }
}
