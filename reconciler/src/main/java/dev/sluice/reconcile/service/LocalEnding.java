// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.Environment;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ends the local clusters that a controller has left running, and says first what it means. */
public final class LocalEnding implements AutoCloseable {
    private final Remembered memory;
    private final LocalClusters clusters;
    private final List<Cluster.Local> locals;

    private LocalEnding(Remembered memory, LocalClusters clusters, List<Cluster.Local> locals) {
        this.memory = memory;
        this.clusters = clusters;
        this.locals = locals;
    }

    /**
     * Reads which local clusters the commit in force names.
     *
     * @throws IOException when the folder cannot be read
     * @throws JournalException when the journal cannot be read or knows no commit in force
     */
    public static LocalEnding of(ControllerConfig config) throws IOException {
        Remembered memory = Remembered.open(config);
        try {
            LocalClusters clusters = Installation.own()
                    .choosing(config.javaHomes())
                    .clusters(config.dataDirectory(), Progress.SILENT);
            return new LocalEnding(memory, clusters, locals(memory));
        } catch (IOException | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    /**
     * A job that runs on a local cluster.
     *
     * @param job whose
     * @param newest what its next start would go on from; empty when it would begin anew
     */
    public record Running(JobKey job, Optional<StatePointer> newest) {}

    /** The jobs that run there, cluster by cluster. */
    public List<Running> running() {
        return locals.stream().flatMap(this::running).toList();
    }

    /**
     * Ends every process of these clusters.
     *
     * @return how many clusters there were
     * @throws IOException when one cannot be ended
     */
    public int end() throws IOException {
        clusters.stopAll();
        return locals.size();
    }

    @Override
    public void close() {
        memory.close();
    }

    private static List<Cluster.Local> locals(Remembered memory) {
        Environment environment = memory.inForce()
                .flatMap(reading -> reading.environment())
                .orElseThrow(() -> new JournalException(
                        JournalException.Problem.OTHER,
                        "no commit is in force, so no cluster is known"));
        return environment.clusters().values().stream()
                .filter(Cluster.Local.class::isInstance)
                .map(Cluster.Local.class::cast)
                .toList();
    }

    private Stream<Running> running(Cluster.Local cluster) {
        return memory.journal().jobs().stream()
                .map(StoredJob::record)
                .filter(record -> !isAtRest(record))
                .flatMap(record -> record
                        .deployed()
                        .filter(spec -> spec.spec().flink().cluster().equals(cluster.name()))
                        .map(spec -> new Running(record.key(), newest(cluster, record, spec)))
                        .stream());
    }

    private Optional<StatePointer> newest(
            Cluster.Local cluster, JobRecord record, EffectiveJob deployed) {
        return clusters
                .open(cluster)
                .discoverState(new DiscoverRequest(
                        record.key(),
                        record.attempt(),
                        record.notes().adopted(),
                        deployed.spec().flink().version()))
                .stream()
                .findFirst()
                .filter(pointer -> pointer.attempt() == record.attempt());
    }

    private static boolean isAtRest(JobRecord record) {
        return record.phase() instanceof Phase.Suspended
                || record.phase() instanceof Phase.Stopped
                || record.phase() instanceof Phase.Finished
                || record.phase() instanceof Phase.Absent;
    }
}
