// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where a benchmark works, how often it counts, and what was measured so far. */
final class Bench {
    /**
     * A measured number of one run at one size.
     *
     * @param what the thing measured, the same over all sizes
     * @param unit such as {@code ms}
     */
    record Sample(String benchmark, int jobs, String what, String unit, double value) {
        Sample {
            requireNonNull(benchmark, "benchmark is null");
            requireNonNull(what, "what is null");
            requireNonNull(unit, "unit is null");
        }
    }

    /** What a timed piece of work costs: of this process, all threads. */
    interface Work {
        void run() throws Exception;
    }

    private final Path folder;
    private final int runs;
    private final List<Sample> samples = new ArrayList<>();
    private String benchmark = "";
    private int jobs;
    private boolean isWarm;

    /**
     * A bench.
     *
     * @param folder empty; what is in it afterwards is of no use
     * @param runs how many runs count, after a quarter as many that do not
     */
    Bench(Path folder, int runs) {
        this.folder = requireNonNull(folder, "folder is null");
        this.runs = runs;
    }

    void begin(Benchmark next, int size) {
        benchmark = next.id();
        jobs = size;
        isWarm = true;
    }

    Path folder() {
        return folder.resolve(benchmark + "-" + jobs);
    }

    int runs() {
        return runs;
    }

    /** Runs a round again and again, all its parts in turn, so that a busy moment hits all of them. */
    void rounds(Work round) throws Exception {
        isWarm = false;
        for (int i = 0; i < Math.max(2, runs / 4); i++) {
            round.run();
        }
        isWarm = true;
        for (int i = 0; i < runs; i++) {
            round.run();
        }
    }

    /** Measures wall and CPU time of a piece of work. */
    void time(String what, Work work) throws Exception {
        long cpu = Cpu.nanos();
        long wall = System.nanoTime();
        work.run();
        tell(what, "ms", (System.nanoTime() - wall) / 1e6);
        tell(what + " (CPU)", "ms", (Cpu.nanos() - cpu) / 1e6);
    }

    /** Keeps a number, unless it is of a run that only warms up. */
    void tell(String what, String unit, double value) {
        if (isWarm) {
            samples.add(new Sample(benchmark, jobs, what, unit, value));
        }
    }

    List<Sample> samples() {
        return Collections.unmodifiableList(samples);
    }
}
