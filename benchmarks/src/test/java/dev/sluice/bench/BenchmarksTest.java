// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark works, on a repository too small to say anything. */
class BenchmarksTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyBenchmarkGivesNumbers() {
        return Main.ALL.stream()
                .filter(benchmark -> !benchmark.needsFlink())
                .map(benchmark -> DynamicTest.dynamicTest(benchmark.id(), () -> {
                    Bench bench = new Bench(folder, 1);
                    bench.begin(benchmark, 100);
                    benchmark.run(bench, 100);

                    assertTrue(bench.samples().size() > 0, bench.samples()::toString);
                    assertTrue(new Results(bench.samples()).table().contains(benchmark.id()));
                }));
    }

    @Test
    void theSlopeIsThePowerOfTheGrowth() {
        String table = new Results(List.of(
                        new Bench.Sample("p", 100, "linear", "ms", 2),
                        new Bench.Sample("p", 1000, "linear", "ms", 20)))
                .table();

        assertEquals("1.00", table.strip().substring(table.strip().lastIndexOf(' ') + 1));
    }
}
