// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import dev.sluice.reconcile.loop.PodsHouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A namespace of a Kubernetes, seen with the administrator's eyes. */
final class ElsewherePods implements Elsewhere {
    private static final List<String> OVER = List.of("FINISHED", "CANCELED", "FAILED");

    private final PodsHouse pods;
    private final Path output;

    private ElsewherePods(PodsHouse pods, Path output) {
        this.pods = pods;
        this.output = output;
    }

    static ElsewherePods open(Path folder) throws IOException {
        PodsHouse pods = PodsHouse.open(folder.resolve("access"));
        return new ElsewherePods(pods, pods.folder("output"));
    }

    @Override
    public String entry() {
        return pods.entry();
    }

    @Override
    public Path output() {
        return output;
    }

    @Override
    public void fit(TreeMap<String, String> files, String yaml) {
        pods.small(files, yaml);
    }

    @Override
    public List<String> attempts() {
        return pods.tenant().attempts();
    }

    /** There is one deployment of a name, and its name is the attempt's. */
    @Override
    public List<String> repeated() {
        return List.of();
    }

    @Override
    public Eyes flink() {
        return new JobManager(attempts().get(0));
    }

    private final class JobManager implements Eyes {
        private final String clusterId;

        JobManager(String clusterId) {
            this.clusterId = clusterId;
        }

        @Override
        public List<String> live() throws IOException {
            List<String> live = new ArrayList<>();
            pods.tenant()
                    .flink(clusterId, "/jobs/overview")
                    .path("jobs")
                    .valueStream()
                    .filter(job -> !OVER.contains(job.path("state").asString("")))
                    .forEach(job -> live.add(job.path("jid").asString("")));
            return live;
        }

        @Override
        public String restoredFrom(String job) throws IOException {
            return pods.tenant()
                    .flink(clusterId, "/jobs/" + job + "/checkpoints")
                    .path("latest")
                    .path("restored")
                    .path("external_path")
                    .asString("");
        }
    }

    @Override
    public void close() {
        pods.close();
    }
}
