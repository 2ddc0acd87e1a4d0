// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.adopt;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.local.LocalAddresses;
import dev.sluice.drive.rest.FlinkRest;
import dev.sluice.drive.rest.JobPortrait;
import dev.sluice.drive.rest.Portraits;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.rest.RestLimits;
import dev.sluice.reconcile.service.StandaloneAccess;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Lineage;
import dev.sluice.spec.read.CommitReading;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Asks session clusters for their jobs, and leaves out those that the repository already claims. */
public final class Foundlings {
    /** So many attempts of each spec are known by their ids. */
    private static final int ATTEMPTS = 1_000;

    private final Path dataDirectory;
    private final Map<JobId, JobKey> claimed = new HashMap<>();

    /**
     * @param reading the repository, whose jobs claim their attempts and what they adopt
     * @param dataDirectory the controller's: secrets, and where local clusters answer
     */
    public Foundlings(CommitReading reading, Path dataDirectory) {
        this.dataDirectory = requireNonNull(dataDirectory, "dataDirectory is null");
        reading.jobs().forEach((key, job) -> {
            attempts(key).forEach(id -> claimed.put(id, key));
            job.spec()
                    .lineage()
                    .adopt()
                    .flatMap(Lineage.Adopt::jobId)
                    .ifPresent(id -> claimed.put(id, key));
        });
        reading.invalid()
                .keySet()
                .forEach(key -> attempts(key).forEach(id -> claimed.put(id, key)));
    }

    /** The job of the repository that a Flink job belongs to already. */
    public Optional<JobKey> owner(JobId job) {
        return Optional.ofNullable(claimed.get(job));
    }

    /** Sluice can adopt from clusters of this kind. */
    public static boolean isAsked(Cluster cluster) {
        return cluster instanceof Cluster.Standalone || cluster instanceof Cluster.Local;
    }

    /**
     * The running jobs of a cluster that nobody claims.
     *
     * @throws IOException when the cluster cannot be asked
     */
    public List<Foundling> on(Cluster cluster) throws IOException {
        if (cluster instanceof Cluster.Standalone standalone) {
            FlinkRest rest = new FlinkRest(
                    StandaloneAccess.of(dataDirectory).access(standalone), RestLimits.DEFAULT);
            return ask(cluster.name(), rest);
        }
        List<Foundling> found = new ArrayList<>();
        Path folder = dataDirectory.resolve("clusters").resolve(cluster.name());
        for (Map.Entry<String, URI> flink : LocalAddresses.of(folder).entrySet()) {
            found.addAll(ask(cluster.name(), new FlinkRest(flink.getValue(), RestLimits.DEFAULT)));
        }
        return List.copyOf(found);
    }

    private List<Foundling> ask(String cluster, FlinkRest rest) throws IOException {
        try {
            String version = minor(rest.cluster().version());
            List<Foundling> found = new ArrayList<>();
            for (JobPortrait job : new Portraits(rest).running()) {
                if (!claimed.containsKey(job.id())) {
                    found.add(new Foundling(cluster, version, job));
                }
            }
            return List.copyOf(found);
        } catch (RestFailure e) {
            throw new IOException("cluster " + cluster + ": " + e.getMessage(), e);
        }
    }

    private static String minor(String version) {
        String[] parts = version.split("\\.");
        return parts.length < 2 ? version : parts[0] + "." + parts[1];
    }

    private static List<JobId> attempts(JobKey key) {
        return IntStream.rangeClosed(1, ATTEMPTS)
                .mapToObj(attempt -> JobId.of(key, attempt))
                .toList();
    }
}
