// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.api;

import dev.sluice.web.view.Timing;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Metric families of the Prometheus client, from plain values. */
final class Families {
    private Families() {}

    /** One figure without labels. */
    static MetricSnapshot gauge(String name, String help, double value) {
        return gauges(name, help, List.of(value), ignored -> Labels.EMPTY, each -> each);
    }

    /** One figure for each value. */
    static <T> MetricSnapshot gauges(
            String name,
            String help,
            List<T> values,
            Function<T, Labels> labels,
            Function<T, Double> figure) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        values.forEach(value -> family.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels.apply(value))
                .value(figure.apply(value))
                .build()));
        return family.build();
    }

    /** A family of facts: each value's labels, and the figure 1. */
    static <T> MetricSnapshot info(
            String name, String help, List<T> values, Function<T, Labels> labels) {
        return gauges(name, help, values, labels, value -> 1.0);
    }

    /** A total for each key. The name is given without its suffix {@code _total}. */
    static <K> MetricSnapshot counters(
            String name, String help, Map<K, Long> totals, Function<K, Labels> labels) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        totals.forEach((key, total) -> family.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels.apply(key))
                .value(total)
                .build()));
        return family.build();
    }

    /** A classic histogram in seconds. */
    static MetricSnapshot histogram(String name, String help, Timing timing) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int index = 0; index < Timing.BOUNDS.size(); index++) {
            buckets.bucket(seconds(Timing.BOUNDS.get(index)), timing.counts().get(index));
        }
        buckets.bucket(Double.POSITIVE_INFINITY, timing.counts().get(Timing.BOUNDS.size()));
        return HistogramSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(seconds(timing.sum()))
                        .build())
                .build();
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
