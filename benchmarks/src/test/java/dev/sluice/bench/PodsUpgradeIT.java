// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.bench.Bench.Sample;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark on pods gives the numbers that its question asks for, in one counted run. */
@Tag("kubernetes")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class PodsUpgradeIT {
    @Test
    void startAndUpgradeAreMeasuredBesideFlinksOwnCommands(@TempDir Path folder) throws Exception {
        Benchmark benchmark = new PodsUpgrade();
        Bench bench = new Bench(folder, 1);
        bench.begin(benchmark, 1);
        benchmark.run(bench, 1);

        SortedMap<String, Double> found = new TreeMap<>();
        for (Sample sample : bench.samples()) {
            assertEquals(null, found.put(sample.what(), sample.value()), sample::toString);
            assertTrue(sample.value() > 0, sample::toString);
        }
        for (String part : new String[] {"start", "gap"}) {
            String what = part.equals("gap") ? "gap" : "start -> first count";
            double ours = found.get(what + ", sluice");
            double theirs = found.get(what + ", flink stop && flink run-application");
            assertEquals(ours / theirs, found.get("sluice / flink, " + part), 0.001);
        }
    }
}
