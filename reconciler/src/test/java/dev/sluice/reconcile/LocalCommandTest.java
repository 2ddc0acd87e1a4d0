// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.reconcile.loop.JobFiles;
import dev.sluice.spec.JobId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller has ended, and a process marked as its Flink lives on. */
class LocalCommandTest {
    private record Ran(int code, String out, String err) {}

    @TempDir
    private Path folder;

    private Path data;
    private Process flink;
    private String home;

    @BeforeEach
    void leaveFlinkRunning() throws Exception {
        home = System.getProperty("sluice.home", "");
        System.setProperty("sluice.home", folder.toString());
        Path jars = Files.createDirectories(folder.resolve("flink"));
        Files.createFile(jars.resolve("flink-sql-runner-1.x.jar"));
        Files.createFile(jars.resolve("flink-worker-1.x.jar"));
        Files.writeString(
                folder.resolve("controller.yaml"), "repository: jobs.git\nenvironment: test\n");
        TreeMap<String, String> files = new TreeMap<>();
        JobFiles.root(files);
        JobFiles.job(files, "orders", "INSERT INTO a SELECT 1 FROM b;");
        data = PastController.leave(folder, files);
        Path cluster = data.resolve("clusters/main/flink-1.20");
        // Reads its input, which nobody closes before the end of the test.
        flink = new ProcessBuilder(
                        "/bin/sh", "-c", "read unused", "-Dsluice.process=jobmanager@" + cluster)
                .start();
    }

    @AfterEach
    void end() {
        flink.destroyForcibly();
        System.setProperty("sluice.home", home);
    }

    @Test
    void flinkIsEndedAndEachJobsNewestStateIsTold() throws Exception {
        checkpoint();

        Ran ran = run("local", "stop");

        assertEquals(0, ran.code(), ran::err);
        assertTrue(ran.out().contains("shop/orders: goes on from file:"), ran::out);
        assertTrue(flink.waitFor(30, TimeUnit.SECONDS));
    }

    @Test
    void nothingIsEndedWhereAJobWouldBeginAnewUnlessThatIsForced() throws Exception {
        Ran refused = run("local", "stop");
        boolean livedOn = flink.isAlive();
        Ran forced = run("local", "stop", "--force");

        assertEquals(5, refused.code(), refused::err);
        assertTrue(
                refused.out().contains("shop/orders has left no checkpoint")
                        || refused.out().contains("shop/orders: has left no checkpoint"),
                refused::out);
        assertTrue(livedOn);
        assertEquals(0, forced.code(), forced::err);
        assertTrue(flink.waitFor(30, TimeUnit.SECONDS));
    }

    @Test
    void nothingIsEndedUnderARunningController() throws Exception {
        checkpoint();
        try (Journal journal = Journal.open(data)) {
            journal.acquire("one", Duration.ofMinutes(1), Samples.NOW);

            Ran ran = run("local", "stop");

            assertEquals(3, ran.code());
            assertTrue(ran.err().contains("end it first"), ran::err);
        }
        assertTrue(flink.isAlive());
        assertFalse(run("local").code() == 0);
    }

    private void checkpoint() throws Exception {
        String id = JobId.of(JobFiles.key("orders"), 1).hex();
        // The environment of the test says stateDir: state.
        Path state = Files.createDirectories(
                data.resolve("clusters/main/state/checkpoints/" + id + "/chk-3"));
        byte[] head = ByteBuffer.allocate(24)
                .putInt(0x4960672d)
                .putInt(4)
                .putLong(3)
                .putLong(0)
                .array();
        Files.write(state.resolve("_metadata"), head);
    }

    private Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "-c";
        all[arguments.length + 1] = folder.resolve("controller.yaml").toString();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
        return new Ran(code, out.toString(), err.toString());
    }
}
