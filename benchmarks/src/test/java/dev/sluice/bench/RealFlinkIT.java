// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark that starts Flink works; one counted run says nothing else. */
@Tag("long")
class RealFlinkIT {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyBenchmarkThatStartsFlinkGivesNumbers() {
        return Main.ALL.stream()
                .filter(Benchmark::needsFlink)
                .map(benchmark -> DynamicTest.dynamicTest(benchmark.id(), () -> {
                    Bench bench = new Bench(folder, 1);
                    bench.begin(benchmark, 1);
                    benchmark.run(bench, 1);

                    assertTrue(new Results(bench.samples()).table().contains("sluice"));
                }));
    }
}
