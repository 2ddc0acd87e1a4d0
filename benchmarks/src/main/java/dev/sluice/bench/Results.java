// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.bench.Bench.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Numbers as a table for people, and raw for programs. */
final class Results {
    private final Map<String, Map<Integer, List<Double>>> values = new LinkedHashMap<>();
    private final Map<String, String> units = new TreeMap<>();

    Results(List<Sample> samples) {
        for (Sample sample : samples) {
            String row = sample.benchmark() + " " + sample.what();
            values.computeIfAbsent(row, unused -> new TreeMap<>())
                    .computeIfAbsent(sample.jobs(), unused -> new ArrayList<>())
                    .add(sample.value());
            units.put(row, sample.unit());
        }
    }

    /** Extremes, median and 95th percentile of each size, and how the median grows with the size. */
    String table() {
        StringBuilder table = new StringBuilder(String.format(
                "%-58s %8s %12s %12s %12s %12s %8s%n",
                "what", "jobs", "min", "median", "p95", "max", "slope"));
        values.forEach((row, sizes) -> sizes.forEach((jobs, found) -> table.append(String.format(
                Locale.ROOT,
                "%-58s %8d %12s %12s %12s %12s %8s%n",
                row,
                jobs,
                number(quantile(found, 0), units.get(row)),
                number(quantile(found, 0.5), units.get(row)),
                number(quantile(found, 0.95), units.get(row)),
                number(quantile(found, 1), units.get(row)),
                slope(sizes, jobs)))));
        return table.toString();
    }

    /** Growth against the smallest size, in powers: 0 is constant, 1 is linear. */
    private static String slope(Map<Integer, List<Double>> sizes, int jobs) {
        Map.Entry<Integer, List<Double>> smallest = sizes.entrySet().iterator().next();
        double before = quantile(smallest.getValue(), 0.5);
        double after = quantile(sizes.get(jobs), 0.5);
        if (smallest.getKey() == jobs || before <= 0 || after <= 0) {
            return "";
        }
        double slope = Math.log(after / before) / Math.log((double) jobs / smallest.getKey());
        return String.format(Locale.ROOT, "%.2f", slope);
    }

    private static String number(double value, String unit) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f %s" : "%.0f %s", value, unit);
    }

    static double quantile(List<Double> found, double share) {
        List<Double> sorted = found.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
    }

    /** Every number of every run. */
    static void write(List<Sample> samples, Path file) throws IOException {
        StringBuilder raw = new StringBuilder("benchmark,jobs,what,unit,value\n");
        for (Sample sample : samples) {
            raw.append(String.format(
                    Locale.ROOT,
                    "%s,%d,\"%s\",%s,%.6f%n",
                    sample.benchmark(),
                    sample.jobs(),
                    sample.what(),
                    sample.unit(),
                    sample.value()));
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, raw);
    }
}
