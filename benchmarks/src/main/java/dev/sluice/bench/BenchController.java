// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.Service;
import dev.sluice.spec.JobKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A controller of one cluster with a job repository of its own; as fast as it always is. */
final class BenchController implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final GeneratedRepository repository;
    private final Service service;

    private BenchController(GeneratedRepository repository, Service service) {
        this.repository = repository;
        this.service = service;
    }

    /**
     * Starts it without jobs.
     *
     * @param folder for its data and for the repository
     * @param environment the text of {@code environment.yaml}
     * @param program the jar of the counting job, {@code jars/gap.jar} in the repository
     */
    static BenchController begin(Path folder, String environment, byte[] program) throws Exception {
        Path data = folder.resolve("data");
        Map<String, String> files = new TreeMap<>();
        files.put("sluice.yaml", "apiVersion: sluice/v1\nkind: Repository\nid: bench\n");
        files.put("environments/test/environment.yaml", environment);
        GeneratedRepository repository =
                GeneratedRepository.create(folder.resolve("jobs.git"), files);
        repository.commitBytes(Map.of("jars/gap.jar", program));
        Service service = Service.start(
                new ControllerConfig(
                        repository.url(),
                        "test",
                        GeneratedRepository.BRANCH,
                        data,
                        new ControllerConfig.Listen("127.0.0.1", 0),
                        Duration.ofMillis(300)),
                Installation.own().clusters(data, Progress.SILENT));
        return new BenchController(repository, service);
    }

    /** Commits one file of a job. */
    void commit(String job, String file, String text) throws IOException {
        repository.commitBytes(Map.of("jobs/shop/" + job + "/" + file, text.getBytes(UTF_8)));
    }

    /** Waits until the job is as expected. */
    void await(String job, Predicate<JobRecord> expected) throws IOException, InterruptedException {
        JobKey key = new JobKey("bench", "test", "shop", job);
        boolean isThere = service.board()
                .await(
                        board -> board.job(key)
                                .filter(notice -> expected.test(notice.record()))
                                .isPresent(),
                        PATIENCE);
        if (!isThere) {
            throw new IOException("not as expected: " + service.board().git() + " "
                    + service.board().job(key) + " " + service.board().clusters());
        }
    }

    @Override
    public void close() {
        service.close();
        repository.close();
    }
}
