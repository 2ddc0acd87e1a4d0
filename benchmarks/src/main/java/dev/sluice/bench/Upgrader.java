// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.contract.UserJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** One way to start the counting job and to take it to its next version with its state. */
interface Upgrader extends AutoCloseable {
    /** The class of the program. */
    String MAIN_CLASS = "com.acme.gap.Gap";

    /** What the job has counted so far. */
    CountedFile counted();

    /** Begins the next version of the job, from the state of the one before if there was one. */
    void next() throws Exception;

    @Override
    default void close() throws IOException {}

    /** The program as a jar. */
    static byte[] program(Path lib, Path build) throws IOException {
        return new UserJars(Upgrader.class, lib, build).jar("Gap", new TreeMap<>());
    }

    /** Flink's REST interface and nothing else; the jar is there before anything is stopped. */
    final class Floor implements Upgrader {
        private static final Duration PATIENCE = Duration.ofMinutes(3);

        private final RealFlink flink;
        private final CountedFile counted;
        private final String jar;
        private String job = "";
        private int version;

        Floor(RealFlink flink, Path jar) throws Exception {
            this.flink = requireNonNull(flink, "flink is null");
            this.counted = new CountedFile(flink.folder("rows").resolve("floor.csv"));
            this.jar = flink.rest().upload(jar);
        }

        @Override
        public CountedFile counted() {
            return counted;
        }

        @Override
        public void next() throws Exception {
            Map<String, Object> run = new TreeMap<>();
            run.put("entryClass", MAIN_CLASS);
            run.put("parallelism", 1);
            run.put("programArgsList", List.of(counted.path().toString(), "version-" + version));
            if (version > 0) {
                run.put("savepointPath", stop());
            }
            job = flink.rest().post("/jars/" + jar + "/run", run).path("jobid").asString();
            version++;
        }

        private String stop() throws Exception {
            String trigger = UUID.randomUUID().toString().replace("-", "");
            flink.rest()
                    .post(
                            "/jobs/" + job + "/stop",
                            Map.of(
                                    "targetDirectory",
                                    flink.folder("savepoints").toUri().toString(),
                                    "drain",
                                    false,
                                    "formatType",
                                    "NATIVE",
                                    "triggerId",
                                    trigger));
            String savepoint = flink.rest()
                    .await(
                            "/jobs/" + job + "/savepoints/" + trigger,
                            answer ->
                                    answer.path("status").path("id").asString().equals("COMPLETED"),
                            PATIENCE)
                    .path("operation")
                    .path("location")
                    .asString();
            flink.rest()
                    .await(
                            "/jobs/" + job + "/status",
                            answer -> answer.path("status").asString().equals("FINISHED"),
                            PATIENCE);
            return savepoint;
        }
    }

    /** {@code flink stop} and then {@code flink run}, as an operator's script has them. */
    final class Commands implements Upgrader {
        private static final Pattern SAVEPOINT = Pattern.compile("Path: (\\S+)");
        private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");

        private final RealFlink flink;
        private final Path jar;
        private final CountedFile counted;
        private String job = "";
        private int version;

        Commands(RealFlink flink, Path jar) throws IOException {
            this.flink = requireNonNull(flink, "flink is null");
            this.jar = requireNonNull(jar, "jar is null");
            this.counted = new CountedFile(flink.folder("rows").resolve("commands.csv"));
        }

        @Override
        public CountedFile counted() {
            return counted;
        }

        @Override
        public void next() throws Exception {
            List<String> from = version == 0 ? List.of() : List.of("-s", stop());
            List<String> run = new ArrayList<>(List.of("-d", "-p", "1"));
            run.addAll(from);
            run.addAll(List.of("-c", MAIN_CLASS, jar.toString()));
            run.addAll(List.of(counted.path().toString(), "version-" + version));
            job = flink.command(JOB, "run", run);
            version++;
        }

        private String stop() throws Exception {
            return flink.command(
                    SAVEPOINT,
                    "stop",
                    List.of(
                            "--type",
                            "native",
                            "-p",
                            flink.folder("savepoints").toUri().toString(),
                            job));
        }
    }

    /** Writes the jar where uploads and command lines find it. */
    static Path jar(RealFlink flink, byte[] program) throws IOException {
        return Files.write(flink.folder("build").resolve("gap.jar"), program);
    }
}
