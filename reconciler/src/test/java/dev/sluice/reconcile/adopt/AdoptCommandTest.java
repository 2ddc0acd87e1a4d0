// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.adopt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.reconcile.loop.JobFiles;
import dev.sluice.reconcile.planning.Sluice;
import dev.sluice.spec.JobId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sluice adopt} says to those who ask for what it cannot give, and what it leaves alone. */
class AdoptCommandTest {
    private static final String FREE = "1".repeat(32);
    private static final String TWIN = "2".repeat(32);
    private static final String OTHER_TWIN = "3".repeat(32);
    private static final String ENDED = "4".repeat(32);
    private static final String ADOPTED = "5".repeat(32);
    private static final String ATTEMPT = JobId.of(JobFiles.key("orders"), 2).hex();
    private static final Map<String, String> JOBS = new TreeMap<>(Map.of(
            FREE, "by-hand RUNNING",
            TWIN, "twin RUNNING",
            OTHER_TWIN, "twin RUNNING",
            ENDED, "yesterday FINISHED",
            ADOPTED, "mine RUNNING",
            ATTEMPT, "shop/orders RUNNING"));

    @TempDir
    Path repo;

    private HttpServer flink;

    @BeforeEach
    void open() throws IOException {
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.createContext("/", AdoptCommandTest::answer);
        flink.start();
        TreeMap<String, String> files = new TreeMap<>();
        JobFiles.root(files);
        files.put(JobFiles.ENVIRONMENT, """
                apiVersion: sluice/v1
                kind: Environment
                name: test
                clusters:
                  lab:
                    kind: standalone
                    url: http://127.0.0.1:%d
                    version: "1.20"
                    stateDir: %s
                defaults:
                  flink: {mode: session, cluster: lab}
                """.formatted(flink.getAddress().getPort(), repo.toUri()));
        JobFiles.job(files, "orders", "lab", "INSERT INTO a SELECT 1 FROM b;");
        JobFiles.job(files, "mine", "lab", "INSERT INTO a SELECT 1 FROM b;");
        files.merge(
                JobFiles.yaml("mine"),
                "environments: {test: {adopt: {jobId: \"" + ADOPTED + "\"}}}\n",
                String::concat);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = repo.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    @AfterEach
    void close() {
        flink.stop(0);
    }

    @Test
    void whatRunsAndNobodyClaimsIsListed() {
        Sluice ran = adopt();

        assertEquals(0, ran.code(), ran::err);
        assertTrue(ran.out().contains(FREE) && ran.out().contains(TWIN), ran::out);
        assertFalse(ran.out().contains(ENDED), ran::out);
        assertFalse(ran.out().contains(ADOPTED), ran::out);
        assertFalse(ran.out().contains(ATTEMPT), ran::out);
    }

    @Test
    void aJobThatIsNotThereIsNamedBesideThoseThatAre() {
        refused("expected the id or name of a running job", "no-such-job");
        refused(FREE + " by-hand", "9".repeat(32));
    }

    @Test
    void aJobThatHasEndedIsNotAdopted() {
        refused("expected the id or name of a running job", ENDED);
        refused("found yesterday", "yesterday");
    }

    @Test
    void aJobThatASpecAdoptsAlreadyIsItsOwnersAlready() {
        refused("found " + ADOPTED + ", which is shop/mine already", ADOPTED);
    }

    @Test
    void anAttemptOfASpecIsItsOwnersAlready() {
        refused("found " + ATTEMPT + ", which is shop/orders already", ATTEMPT);
    }

    @Test
    void aNameThatTwoJobsHaveNeedsTheId() {
        refused("found twin, which 2 have; say the id: " + TWIN + " twin", "twin");

        assertEquals(0, adopt("--as", "shop/twin", TWIN).code());
    }

    @Test
    void aNameThatIsNoTeamAndNameIsAskedFor() {
        refused("found by-hand; say --as TEAM/NAME", "by-hand");
        refused("found Shop/X; say --as TEAM/NAME", "--as", "Shop/X", "by-hand");
    }

    @Test
    void aSpecThatIsThereIsNotWrittenOver() throws IOException {
        String before = Files.readString(repo.resolve(JobFiles.yaml("orders")));

        refused("job.yaml is there already", "--as", "shop/orders", "by-hand");

        assertEquals(before, Files.readString(repo.resolve(JobFiles.yaml("orders"))));
    }

    @Test
    void aFolderOutsideTheRepositoryIsRefused() {
        refused("expected a folder below", "--as", "shop/x", "--folder", "../elsewhere", FREE);
    }

    @Test
    void aClusterThatTheEnvironmentDoesNotHaveIsNamedBesideThoseThatItHas() {
        refused("found prod; known are [lab]", "--cluster", "prod");
    }

    @Test
    void aClusterThatDoesNotAnswerIsNoListWithoutJobs() {
        flink.stop(0);

        Sluice ran = adopt();

        assertEquals(3, ran.code(), ran::err);
        assertTrue(ran.err().contains("cluster lab: "), ran::err);
        assertEquals("", ran.out());
    }

    private Sluice adopt(String... more) {
        Object[] words = new Object[more.length + 7];
        Object[] first = {"adopt", "-C", repo, "-e", "test", "--data", repo.resolve("data")};
        System.arraycopy(first, 0, words, 0, first.length);
        System.arraycopy(more, 0, words, first.length, more.length);
        return Sluice.run(words);
    }

    private void refused(String why, String... words) {
        Sluice ran = adopt(words);

        assertEquals(1, ran.code(), ran::err);
        assertTrue(ran.err().contains(why), ran::err);
        assertEquals("", ran.out());
    }

    /** What the JobManager of these jobs says. */
    private static void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().getPath();
        boolean isNone = path.endsWith("/checkpoints/config");
        byte[] body = body(path).getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(isNone ? 404 : 200, body.length);
        try (OutputStream out = call.getResponseBody()) {
            out.write(body);
        }
    }

    private static String body(String path) {
        if (path.equals("/overview")) {
            return "{\"flink-version\":\"1.20.1\",\"taskmanagers\":1}";
        }
        if (path.equals("/jobs/overview")) {
            StringBuilder jobs = new StringBuilder();
            JOBS.forEach((id, job) -> jobs.append(jobs.isEmpty() ? "" : ",")
                    .append("{\"jid\":\"" + id + "\",\"name\":\"" + job.split(" ")[0]
                            + "\",\"state\":\"" + job.split(" ")[1]
                            + "\",\"start-time\":1,\"end-time\":-1,\"tasks\":{}}"));
            return "{\"jobs\":[" + jobs + "]}";
        }
        if (path.endsWith("/checkpoints/config")) {
            return "{\"errors\":[\"Checkpointing is not enabled for this job.\"]}";
        }
        return "{\"vertices\":[{\"parallelism\":2,\"maxParallelism\":128}],"
                + "\"counts\":{\"completed\":0,\"restored\":0},\"latest\":{\"restored\":null}}";
    }
}
