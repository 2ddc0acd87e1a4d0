// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.reconcile.loop.JobFiles;
import dev.sluice.reconcile.loop.JobRepository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code sluice doctor} finds, and how it ends. */
class DoctorCommandTest {
    @TempDir
    Path folder;

    private JobRepository jobs;
    private HttpServer flink;
    private String version = "1.20.1";

    /** What a command left. */
    private record Ran(int code, String out) {}

    @BeforeEach
    void prepare() throws IOException {
        jobs = new JobRepository(folder.resolve("jobs.git"));
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(
                "/overview",
                () -> "{\"taskmanagers\":1,\"slots-total\":4,\"slots-available\":3,"
                        + "\"flink-version\":\"" + version + "\"}");
        answer("/config", () -> "{\"features\":{\"web-submit\":true}}");
        flink.start();
        Files.writeString(
                folder.resolve("controller.yaml"),
                "repository: " + jobs.url() + "\nenvironment: test\n");
    }

    @AfterEach
    void stop() throws Exception {
        flink.stop(0);
        jobs.close();
    }

    @Test
    void aSoundSetUpIsDoneAndLeavesNothingBehind() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        commit(files -> files.put(JobFiles.ENVIRONMENT, environment(standalone("1.20"))));

        Ran ran = run();

        assertEquals(0, ran.code(), ran::out);
        assertTrue(ran.out().contains("ok: journal"), ran::out);
        assertTrue(ran.out().contains("ok: git"), ran::out);
        assertTrue(ran.out().contains("ok: cluster lab: Flink 1.20.1 answers, 3 of 4"), ran::out);
        assertFalse(Files.exists(folder.resolve("sluice-data")));
    }

    @Test
    void aClusterOfAnotherVersionIsAMistakeOfTheFile() throws IOException {
        version = "2.2.0";
        Files.createDirectories(folder.resolve("state"));
        commit(files -> files.put(JobFiles.ENVIRONMENT, environment(standalone("1.20"))));

        Ran ran = run();

        assertEquals(1, ran.code(), ran::out);
        assertTrue(ran.out().contains("wrong: cluster lab: it is Flink 2.2.0"), ran::out);
    }

    @Test
    void aClusterThatDoesNotAnswerAndAStateDirectoryThatIsAbsentAreOfTheWorld() throws IOException {
        commit(files -> files.put(JobFiles.ENVIRONMENT, environment(standalone("1.20"))));
        flink.stop(0);

        Ran ran = run();

        assertEquals(3, ran.code(), ran::out);
        assertTrue(ran.out().contains("cannot connect"), ran::out);
        assertTrue(ran.out().contains("mount the cluster's state directory"), ran::out);
    }

    @Test
    void aFolderWithoutFlinkIsToldWithWhatIsMissing() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("flink/lib"));
        Files.writeString(lib.resolve("flink-dist-1.20.4.jar"), "jar");
        commit(files -> files.put(
                JobFiles.ENVIRONMENT,
                environment("{kind: local, stateDir: state, flinkHomes: {\"1.20\": "
                        + folder.resolve("flink") + "}}")));

        Ran ran = run("-o", "json");

        assertEquals(3, ran.code(), ran::out);
        JsonNode document = JsonMapper.builder().build().readTree(ran.out());
        assertEquals(1, document.path("formatVersion").asInt());
        List<String> failed = document.path("checks")
                .valueStream()
                .filter(check -> check.path("verdict").asString("").equals("failed"))
                .map(check -> check.path("subject").asString("") + ": "
                        + check.path("text").asString(""))
                .toList();
        assertEquals(3, failed.size(), ran::out);
        assertTrue(failed.get(0).startsWith("cluster lab, Flink 1.20: no SQL planner"), ran::out);
    }

    @Test
    void aRepositoryThatIsNotThereIsOfTheWorld() throws IOException {
        Files.writeString(
                folder.resolve("controller.yaml"), "repository: absent.git\nenvironment: test\n");

        Ran ran = run();

        assertEquals(3, ran.code(), ran::out);
        assertTrue(ran.out().contains("failed: git"), ran::out);
    }

    private void answer(String path, Supplier<String> json) {
        flink.createContext(path, call -> {
            byte[] body = json.get().getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
    }

    private void commit(Consumer<TreeMap<String, String>> change) throws IOException {
        jobs.commit("Change", files -> {
            JobFiles.root(files);
            change.accept(files);
        });
    }

    private String standalone(String minor) {
        return "{kind: standalone, url: \"http://127.0.0.1:"
                + flink.getAddress().getPort() + "\", version: \"" + minor + "\", stateDir: \""
                + folder.resolve("state") + "\"}";
    }

    private static String environment(String cluster) {
        return "apiVersion: sluice/v1\nkind: Environment\nname: test\nclusters:\n  lab: " + cluster
                + "\n";
    }

    private Ran run(String... more) {
        StringWriter out = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(new StringWriter()));
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "doctor",
                                "--config",
                                folder.resolve("controller.yaml").toString()),
                        Stream.of(more))
                .toList();
        return new Ran(command.execute(arguments.toArray(String[]::new)), out.toString());
    }
}
