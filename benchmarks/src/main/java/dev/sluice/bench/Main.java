// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code benchmarks/run}. */
public final class Main {
    /** Add yours here. */
    static final List<Benchmark> ALL = List.of(
            new CommitToPlan(),
            new CostOfNothing(),
            new SlowSavepoints(),
            new Validation(),
            new Deciding(),
            new ValidateCommandLine(),
            new UpgradeGap(),
            new Submitting(),
            new PodsUpgrade());

    private final List<String> wanted = new ArrayList<>();
    private List<Integer> sizes = List.of(1_000, 10_000);
    private int runs = 20;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 1 && arguments[0].equals("--list")) {
            ALL.forEach(known -> System.out.println(known.id() + "  " + known.question()));
            return;
        }
        Main main = new Main();
        main.read(arguments);
        Path folder = Files.createTempDirectory("sluice-benchmarks");
        try {
            main.run(folder, Path.of("benchmarks/target/results/raw.csv"));
        } finally {
            delete(folder);
        }
    }

    private void read(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--jobs" ->
                    sizes = Stream.of(arguments[++i].split(","))
                            .map(Integer::valueOf)
                            .toList();
                case "--runs" -> runs = Integer.parseInt(arguments[++i]);
                default -> wanted.add(arguments[i]);
            }
        }
    }

    private void run(Path folder, Path raw) throws Exception {
        Bench bench = new Bench(folder, runs);
        System.out.printf(
                "load %.1f, %d processors, Java %s, heap %d MiB, %d counted runs%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                Runtime.getRuntime().maxMemory() >> 20,
                runs);
        for (Benchmark benchmark : ALL) {
            if (isWanted(benchmark)) {
                measure(bench, benchmark);
                Results.write(bench.samples(), raw);
            }
        }
    }

    /** Those that start Flink are run when they are named. */
    private boolean isWanted(Benchmark benchmark) {
        return wanted.isEmpty() ? !benchmark.needsFlink() : wanted.contains(benchmark.id());
    }

    private void measure(Bench bench, Benchmark benchmark) throws Exception {
        for (int jobs : benchmark.needsFlink() ? List.of(1) : sizes) {
            System.err.println(benchmark.id() + " with " + jobs + " jobs");
            bench.begin(benchmark, jobs);
            benchmark.run(bench, jobs);
        }
        System.out.print(new Results(bench.samples().stream()
                        .filter(sample -> sample.benchmark().equals(benchmark.id()))
                        .toList())
                .table());
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
