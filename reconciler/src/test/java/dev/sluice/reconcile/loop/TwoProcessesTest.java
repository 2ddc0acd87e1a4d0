// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Hold;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.reconcile.journal.StoredJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two controllers in processes of their own on one cluster: one acts. */
class TwoProcessesTest {
    private static final long PATIENCE_SECONDS = 90;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private JobRepository repository;
    private Path cluster;

    @BeforeEach
    void create() throws IOException {
        cluster = Files.createDirectories(folder.resolve("cluster"));
        repository = new JobRepository(folder.resolve("jobs.git"));
        repository.commit("Begin", files -> {
            JobFiles.root(files);
            JobFiles.job(files, "orders", "INSERT INTO a SELECT 1 FROM b;");
        });
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        repository.close();
    }

    @Test
    void ofTwoControllersWithDataDirectoriesOfTheirOwnOneWinsAndTheOtherNamesIt() throws Exception {
        Process one = start("one", "data-one");
        await("the first acts", () -> did("one start " + id(1)));

        start("two", "data-two");
        await("the second is held", () -> hold("data-two").isPresent());
        change(2);
        await("the first goes on", () -> did("one start " + id(2)));
        String text = hold("data-two").orElseThrow().text();
        assertTrue(text.contains(folder.resolve("data-one").toString()), text);
        assertTrue(text.contains("owners/sample/test.json"), text);

        one.destroyForcibly().waitFor();
        change(3);
        await("the second has seen the commit", () -> hold("data-two").isPresent());

        assertEquals(
                List.of("one start " + id(1), "one stop " + id(1), "one start " + id(2)),
                FolderCluster.effects(cluster));
    }

    @Test
    void aProcessStoppedPastItsLeaseStartsNoNewStepAndItsStepUnderWayUsesTheHeirsIds()
            throws Exception {
        Process one = start("one", "data");
        await("the first acts", () -> did("one start " + id(1)));
        start("two", "data");
        Files.writeString(FolderCluster.gate(cluster, "one"), "");
        change(2);
        await(
                "the first is in the middle of its start",
                () -> Files.exists(FolderCluster.waiting(cluster, "one")));

        signal("STOP", one);
        await("the second takes over", () -> did("two start " + id(2)));
        Files.delete(FolderCluster.gate(cluster, "one"));
        signal("CONT", one);
        await("the first ends what it was at", () -> did("one found " + id(2)));
        change(3);
        await("the second goes on", () -> did("two start " + id(3)));

        assertEquals(
                List.of(
                        "one start " + id(1),
                        "one stop " + id(1),
                        "two start " + id(2),
                        "one found " + id(2),
                        "two stop " + id(2),
                        "two start " + id(3)),
                FolderCluster.effects(cluster));
    }

    private void change(int version) throws IOException {
        String sql = "INSERT INTO a SELECT " + version + " FROM b;\n";
        repository.commit("Change", files -> files.put(JobFiles.sql("orders"), sql));
    }

    private boolean did(String effect) {
        return FolderCluster.effects(cluster).contains(effect);
    }

    private Optional<Hold> hold(String data) {
        try (Journal journal = Journal.view(folder.resolve(data))) {
            return journal.job(JobFiles.key("orders")).stream()
                    .map(StoredJob::holds)
                    .flatMap(List::stream)
                    .filter(hold -> hold.reason() == Reason.OwnedByOther)
                    .findFirst();
        } catch (JournalException e) {
            return Optional.empty();
        }
    }

    private static String id(int attempt) {
        return LoopWorld.id("orders", attempt).hex();
    }

    private Process start(String name, String data) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FolderController.class.getName(),
                        name,
                        folder.resolve(data).toString(),
                        repository.url(),
                        cluster.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        started.add(process);
        return process;
    }

    private static void signal(String name, Process process)
            throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        assertEquals(0, kill.waitFor());
    }

    private void await(String claim, BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(claim + ": " + FolderCluster.effects(cluster));
            }
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        }
    }
}
