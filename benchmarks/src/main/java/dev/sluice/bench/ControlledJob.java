// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.Service;
import dev.sluice.spec.JobKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The counting job in the hands of Sluice: its next version is a commit. */
final class ControlledJob implements Upgrader {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final JobKey KEY = new JobKey("bench", "test", "shop", "gap");

    private final CountedFile counted;
    private final GeneratedRepository repository;
    private final Service service;
    private int version;

    private ControlledJob(CountedFile counted, GeneratedRepository repository, Service service) {
        this.counted = counted;
        this.repository = repository;
        this.service = service;
    }

    /** A controller of this cluster, without jobs yet; as fast as it always is. */
    static ControlledJob begin(RealFlink flink, byte[] program) throws Exception {
        Path folder = flink.folder("sluice");
        Path data = folder.resolve("data");
        GeneratedRepository repository =
                GeneratedRepository.create(folder.resolve("jobs.git"), environment(flink));
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
        CountedFile counted = new CountedFile(flink.folder("rows").resolve("sluice.csv"));
        return new ControlledJob(counted, repository, service);
    }

    private static Map<String, String> environment(RealFlink flink) throws IOException {
        Map<String, String> files = new TreeMap<>();
        files.put("sluice.yaml", "apiVersion: sluice/v1\nkind: Repository\nid: bench\n");
        files.put("environments/test/environment.yaml", """
                apiVersion: sluice/v1
                kind: Environment
                name: test
                clusters:
                  lab:
                    kind: standalone
                    url: %s
                    version: "%s"
                    stateDir: %s
                defaults:
                  flink: {version: "%s", cluster: lab}
                """.formatted(
                        flink.address(),
                        RealFlink.VERSION,
                        flink.folder("state").toUri(),
                        RealFlink.VERSION));
        return files;
    }

    @Override
    public CountedFile counted() {
        return counted;
    }

    /** Commits it, and waits until it is stable: until then another change would wait. */
    @Override
    public void next() throws Exception {
        String job = """
                apiVersion: sluice/v1
                kind: Job
                name: gap
                team: shop
                owner: shop@example.com
                purpose: counts
                jar:
                  artifact: jars/gap.jar
                  mainClass: %s
                  args: ["%s", "version-%d"]
                resources: {parallelism: 1}
                upgrade: {soak: 0s}
                """.formatted(MAIN_CLASS, counted.path(), version);
        repository.commitBytes(Map.of("jobs/shop/gap/job.yaml", job.getBytes(UTF_8)));
        version++;
        boolean isStable = service.board()
                .await(
                        board -> board.job(KEY)
                                .filter(notice -> notice.record().phase() instanceof Phase.Stable
                                        && notice.record().attempt() == version)
                                .isPresent(),
                        PATIENCE);
        if (!isStable) {
            throw new IOException("not stable: " + service.board().git() + " "
                    + service.board().job(KEY));
        }
    }

    @Override
    public void close() {
        service.close();
        repository.close();
    }
}
