// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.kubernetes.Tenant;
import dev.sluice.plan.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Counting jobs in pods, in the hands of Sluice: each version is a commit, and so is the end. */
final class ControlledPods implements PodsJob {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final PodsFlink pods;
    private final BenchController controller;
    private CountedFile counted;
    private int job;
    private int version;

    private ControlledPods(PodsFlink pods, BenchController controller) {
        this.pods = pods;
        this.controller = controller;
    }

    /** A controller of these pods, with the rights that we ship and without jobs yet. */
    static ControlledPods begin(PodsFlink pods, byte[] program) throws Exception {
        String environment = """
                apiVersion: sluice/v1
                kind: Environment
                name: test
                clusters: {pods: %s}
                defaults:
                  flink: {mode: application, version: "%s", cluster: pods}
                """.formatted(pods.entry(), PodsFlink.VERSION);
        return new ControlledPods(
                pods, BenchController.begin(pods.folder("sluice"), environment, program));
    }

    @Override
    public String name() {
        return "sluice";
    }

    private String jobName() {
        return "gap-" + job;
    }

    @Override
    public CountedFile fresh() throws IOException {
        job++;
        version = 0;
        counted = new CountedFile(pods.shared("rows").resolve(jobName() + ".csv"));
        controller.commit(jobName(), "pods.yaml", pods.template());
        return counted;
    }

    @Override
    public void next() throws Exception {
        version++;
        commit("running");
        controller.await(
                jobName(),
                record -> record.phase() instanceof Phase.Stable && record.attempt() == version);
    }

    @Override
    public void end() throws Exception {
        commit("suspended");
        controller.await(jobName(), record -> record.phase() instanceof Phase.Suspended);
        Settling.until(PATIENCE, pods::clusters, List::isEmpty);
    }

    private void commit(String state) throws IOException {
        StringBuilder settings = new StringBuilder();
        pods.settings()
                .forEach((key, value) -> settings.append("  " + key + ": '" + value + "'\n"));
        controller.commit(
                jobName(),
                "job.yaml",
                """
                apiVersion: sluice/v1
                kind: Job
                name: %s
                team: shop
                owner: shop@example.com
                purpose: counts
                state: %s
                jar:
                  artifact: jars/gap.jar
                  mainClass: %s
                  args: ["%s", "version-%d"]
                resources:
                  parallelism: 1
                  jobManager: {memory: 1g, cpu: 0.1}
                  taskManager: {memory: 1g, cpu: 0.1, slots: 2}
                kubernetes: {serviceAccount: %s, podTemplate: pods.yaml}
                upgrade: {soak: 0s}
                configuration:
                """.formatted(
                                        jobName(),
                                        state,
                                        Upgrader.MAIN_CLASS,
                                        counted.path(),
                                        version,
                                        Tenant.JOBS)
                        + settings);
    }

    @Override
    public void close() {
        controller.close();
    }
}
