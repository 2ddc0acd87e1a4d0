// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.contract.DriverWorld;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real Flink, a cluster for each job. */
final class ApplicationWorld implements DriverWorld {
    private final LocalWorld local;
    private final Path applications;

    ApplicationWorld(Path directory, String flinkVersion) {
        this.local = new LocalWorld(directory, flinkVersion);
        this.applications = directory.resolve("cluster").resolve("applications");
    }

    LocalWorld local() {
        return local;
    }

    @Override
    public LocalDriver driver() {
        return local.driver();
    }

    @Override
    public SampleJob job(String name) {
        SampleJob shared = local.job(name);
        return new SampleJob(
                shared.key(),
                shared.flinkVersion(),
                shared.sql(),
                shared.parallelism(),
                FlinkTarget.Mode.APPLICATION);
    }

    @Override
    public SampleJob incompatible(SampleJob job) {
        return local.incompatible(job);
    }

    @Override
    public void advance(SampleJob job, int attempt) {
        local.advance(job, attempt);
    }

    @Override
    public void restartController() {
        local.restartController();
    }

    /** Those of all jobs. */
    @Override
    public void killJobManager() {
        processes(Role.JOB_MANAGER).forEach(process -> {
            process.handle().destroyForcibly();
            Settling.until(
                    LocalWorld.PATIENCE, () -> process.handle().isAlive(), isThere -> !isThere);
        });
    }

    /** What is remembered of the cluster of an attempt. */
    ApplicationFile remembered(SampleJob job, int attempt) throws IOException {
        String id = JobId.of(job.key(), attempt).hex();
        return new ClusterFolder(applications.resolve(id)).application().read().orElseThrow();
    }

    /** Every live process of this kind. */
    List<FlinkProcess> processes(Role role) {
        if (!Files.isDirectory(applications)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(applications)) {
            return folders.flatMap(folder -> FlinkProcess.all(folder).stream())
                    .filter(process -> process.role() == role)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the clusters of all jobs so far. */
    void endAll() {
        try {
            driver().stopClusters();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void blockDirectory(String name) {
        local.blockDirectory(name);
    }

    @Override
    public boolean isAdaptive() {
        return false;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void close() {
        local.close();
    }
}
