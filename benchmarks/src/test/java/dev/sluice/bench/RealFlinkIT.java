// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bench.Bench.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark that starts Flink gives the numbers that its question asks for, in one counted run. */
@Tag("long")
class RealFlinkIT {
    @TempDir
    private Path folder;

    @Test
    void noBenchmarkThatStartsFlinkIsLeftOut() {
        assertEquals(
                List.of("p8", "p9", "p12"),
                Main.ALL.stream()
                        .filter(Benchmark::needsFlink)
                        .map(Benchmark::id)
                        .toList());
    }

    @Test
    void anUpgradeIsMeasuredAgainstTheFloorAndFlinksOwnCommands() throws Exception {
        Map<String, Double> found = measure(new UpgradeGap());

        double floor = positive(found, "gap, REST script with 10 ms polling: the floor");
        double sluice = positive(found, "gap, sluice");
        double commands = positive(found, "gap, flink stop && flink run");
        assertEquals(sluice - floor, found.get("beyond the floor, sluice"), 0.001);
        assertEquals(
                commands - floor, found.get("beyond the floor, flink stop && flink run"), 0.001);
        assertEquals(sluice / floor, found.get("sluice / floor"), 0.001);
        assertEquals(commands / sluice, found.get("flink stop && flink run / sluice"), 0.001);
        // Two Java processes one after the other take longer than one REST call on any machine.
        assertTrue(commands > floor, found::toString);
    }

    @Test
    void aSubmissionIsMeasuredWithAndWithoutItsCheckAgainstFlinksOwnCommand() throws Exception {
        Map<String, Double> found = measure(new Submitting());

        double stage = positive(found, "sluice, stage");
        double start = positive(found, "sluice, start");
        double running = positive(found, "sluice, start -> RUNNING");
        double command = positive(found, "flink run -d");
        assertTrue(running >= start, found::toString);
        assertEquals(stage + running, found.get("sluice, stage -> RUNNING"), 0.001);
        assertTrue(positive(found, "flink run -d -> RUNNING") >= command, found::toString);
        // The program is compiled by a process that is counted, as is the command.
        assertTrue(positive(found, "sluice, stage (CPU)")
                <= found.get("sluice, stage and start (CPU)"));
        assertTrue(positive(found, "flink run -d (CPU)") > 100, found::toString);
        assertTrue(found.get("sluice, start (CPU)") >= 0, found::toString);
    }

    /** One number for each thing measured. */
    private Map<String, Double> measure(Benchmark benchmark) throws Exception {
        Bench bench = new Bench(folder, 1);
        bench.begin(benchmark, 1);
        benchmark.run(bench, 1);
        Map<String, Double> found = new TreeMap<>();
        for (Sample sample : bench.samples()) {
            Double before = found.put(sample.what(), sample.value());
            assertEquals(null, before, () -> sample.what() + " was counted twice");
            assertTrue(Double.isFinite(sample.value()), sample::toString);
        }
        return found;
    }

    private static double positive(Map<String, Double> found, String what) {
        Double value = found.get(what);
        assertTrue(value != null && value > 0, () -> what + " in " + found);
        return value;
    }
}
