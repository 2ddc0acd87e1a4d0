// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.plan.Phase;
import java.io.IOException;
import java.nio.file.Path;

/** The counting job in the hands of Sluice: its next version is a commit. */
final class ControlledJob implements Upgrader {
    private static final String NAME = "gap";

    private final CountedFile counted;
    private final BenchController controller;
    private int version;

    private ControlledJob(CountedFile counted, BenchController controller) {
        this.counted = counted;
        this.controller = controller;
    }

    /** A controller of this cluster, without jobs yet. */
    static ControlledJob begin(RealFlink flink, byte[] program) throws Exception {
        Path rows = flink.folder("rows").resolve("sluice.csv");
        return new ControlledJob(
                new CountedFile(rows),
                BenchController.begin(flink.folder("sluice"), environment(flink), program));
    }

    private static String environment(RealFlink flink) throws IOException {
        return """
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
                        RealFlink.VERSION);
    }

    @Override
    public CountedFile counted() {
        return counted;
    }

    /** Commits it, and waits until it is stable: until then another change would wait. */
    @Override
    public void next() throws Exception {
        controller.commit(NAME, "job.yaml", """
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
                """.formatted(MAIN_CLASS, counted.path(), version));
        version++;
        controller.await(
                NAME,
                record -> record.phase() instanceof Phase.Stable && record.attempt() == version);
    }

    @Override
    public void close() {
        controller.close();
    }
}
