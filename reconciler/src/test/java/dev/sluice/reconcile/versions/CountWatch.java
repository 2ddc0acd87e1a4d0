// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.versions;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.crash.ClusterPlace;
import dev.sluice.reconcile.crash.FlinkEyes;
import dev.sluice.reconcile.crash.OutputWitness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Watches with eyes of its own, several times a second, whether each job keeps counting: no number of a
 * key comes twice, and no job lives twice, be it on clusters of two versions.
 */
final class CountWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 400;
    private static final int ATTEMPTS = 9;

    private final Path clusters;
    private final SortedMap<String, OutputWitness> outputs = new TreeMap<>();
    private final SortedMap<String, String> jobs = new TreeMap<>();
    private final Map<URI, FlinkEyes> eyes = new ConcurrentSkipListMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** @param clusters holds a folder for each Flink version that was started */
    CountWatch(Path clusters, List<CountedJob> counted, Path folder) {
        this.clusters = requireNonNull(clusters, "clusters is null");
        for (CountedJob job : counted) {
            outputs.put(job.name(), new OutputWitness(job.output(folder)));
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                jobs.put(job.id(attempt).hex(), job.name());
            }
        }
    }

    void begin() {
        clock.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    int rows(CountedJob job) {
        return outputs.get(job.name()).rows();
    }

    /** What is missing now; while files are being committed, for a moment, also what is not. */
    List<String> gaps(CountedJob job) {
        return outputs.get(job.name()).gaps();
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    private void look() {
        try {
            for (var output : outputs.entrySet()) {
                for (String repeated : output.getValue().look()) {
                    violations.add(output.getKey() + ": " + repeated);
                }
            }
            // Clusters are asked one after the other, and a job may move meanwhile: two looks
            // decide.
            if (!twice().isEmpty()) {
                twice().forEach(job -> violations.add(job + " lives twice"));
            }
        } catch (IOException notNow) {
            // A cluster that is starting; it is asked again at once.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            violations.add("the watch is blind: " + e);
        }
    }

    private List<String> twice() throws IOException, InterruptedException {
        List<String> live = live();
        return live.stream()
                .distinct()
                .filter(job -> Collections.frequency(live, job) > 1)
                .toList();
    }

    /** The names of all that live on any cluster, as often as they do. */
    List<String> live() throws IOException, InterruptedException {
        List<String> live = new ArrayList<>();
        for (URI cluster : started()) {
            for (String id : eyes.computeIfAbsent(cluster, FlinkEyes::new).live()) {
                Optional.ofNullable(jobs.get(id)).ifPresent(live::add);
            }
        }
        return live;
    }

    private List<URI> started() throws IOException {
        List<URI> addresses = new ArrayList<>();
        if (Files.isDirectory(clusters)) {
            try (Stream<Path> versions = Files.list(clusters)) {
                for (Path version : versions.sorted().toList()) {
                    Path place = version.resolve("cluster.json");
                    if (Files.exists(place)) {
                        addresses.add(new ClusterPlace(place).address());
                    }
                }
            }
        }
        return addresses;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
