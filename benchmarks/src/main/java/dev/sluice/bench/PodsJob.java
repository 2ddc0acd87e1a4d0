// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.contract.Settling;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One way to bring counting jobs to pods of their own and to take them to their next version. */
interface PodsJob extends AutoCloseable {
    /** As the table names this side. */
    String name();

    /** The job of the next round, of which there is nothing yet; where it will count. */
    CountedFile fresh() throws Exception;

    /** Begins the next version of the job, from the state of the one before if there was one. */
    void next() throws Exception;

    /** Ends the job, and returns when no pod of it is left. */
    void end() throws Exception;

    @Override
    default void close() throws IOException {}

    /**
     * {@code flink run-application}, {@code flink stop} and {@code kubectl delete deployment}, as a
     * careful script has them: a cluster id of its own for each version, because with the same one it
     * would have to wait until the pods before are gone; and a cluster that stays until it is deleted.
     * One that Flink ends by itself was seen here to start again and to run its job from nothing.
     */
    final class Commands implements PodsJob {
        private static final Duration PATIENCE = Duration.ofMinutes(3);
        private static final Pattern SAVEPOINT = Pattern.compile("Path: (\\S+)");
        private static final Pattern CREATED =
                Pattern.compile("(Create flink application cluster)");

        private final PodsFlink pods;
        private final Path jar;
        private final FlinkCommand flink;
        private CountedFile counted;
        private int job;
        private int version;

        Commands(PodsFlink pods, Path jar) throws IOException {
            this.pods = requireNonNull(pods, "pods is null");
            this.jar = requireNonNull(jar, "jar is null");
            this.flink = pods.command();
        }

        @Override
        public String name() {
            return "flink stop && flink run-application";
        }

        @Override
        public CountedFile fresh() throws IOException {
            job++;
            version = 0;
            counted = new CountedFile(pods.shared("rows").resolve("commands-" + job + ".csv"));
            return counted;
        }

        private String clusterId() {
            return "raw-" + job + "-" + version;
        }

        @Override
        public void next() throws Exception {
            List<String> from = version == 0 ? List.of() : List.of("-s", over());
            version++;
            List<String> run = new ArrayList<>(List.of(
                    "run-application",
                    "-t",
                    "kubernetes-application",
                    "-Dkubernetes.cluster-id=" + clusterId()));
            run.addAll(from);
            run.addAll(List.of("-c", Upgrader.MAIN_CLASS, "local://" + jar));
            run.addAll(List.of(counted.path().toString(), "version-" + version));
            flink.run(run);
        }

        /** The savepoint of what runs, which then is no more. */
        private String over() throws Exception {
            String savepoint = stop();
            pods.tenant().deleteDeployment(clusterId());
            return savepoint;
        }

        /** The id of the one job is asked for first, as {@code flink list} would. */
        private String stop() throws Exception {
            String id = pods.tenant()
                    .flink(clusterId(), "/jobs")
                    .path("jobs")
                    .path(0)
                    .path("id")
                    .asString();
            return flink.find(
                    SAVEPOINT,
                    List.of(
                            "stop",
                            "-t",
                            "kubernetes-application",
                            "-Dkubernetes.cluster-id=" + clusterId(),
                            "--type",
                            "native",
                            "-p",
                            pods.shared("savepoints").toUri().toString(),
                            id));
        }

        @Override
        public void end() throws Exception {
            over();
            Settling.until(PATIENCE, pods::clusters, List::isEmpty);
        }
    }
}
