// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A local cluster belongs to its directory and is kept up by whoever looks at it. */
@TestInstance(Lifecycle.PER_CLASS)
class SupervisionIT {
    private Path directory;
    private LocalWorld world;
    private SampleJob job;
    private int jobs;

    @BeforeAll
    void open(@TempDir Path folder) {
        directory = folder;
        world = new LocalWorld(directory, "2.2");
    }

    /** By a controller of its own, whatever became of the cluster in another test. */
    @BeforeEach
    void run() {
        world.restartController();
        jobs++;
        job = world.job("supervised" + jobs);
        Settling.settle(() -> world.driver().stage(Requests.stage(job)));
        RestoreFrom empty = new RestoreFrom.Empty("first start");
        Settling.settle(() -> world.driver().start(Requests.start(job, 1, empty)));
        world.awaitRunning(job, 1);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void anotherControllerFindsTheClusterAndItsJob() {
        ClusterFile before = world.file();

        world.restartController();

        assertTrue(world.live(job, 1).isPresent());
        assertEquals(before, world.file());
    }

    @Test
    void aDeadTaskManagerIsReplacedAndFlinkRestoresTheJob() {
        world.advance(job, 1);
        long before = world.file().taskManager();

        world.killTaskManager();
        Settling.until(
                LocalWorld.PATIENCE,
                () -> {
                    world.driver().observe(Map.of());
                    return world.file().taskManager();
                },
                pid -> pid != before);
        world.advance(job, 1);

        assertEquals(2, FlinkProcess.all(world.folder().path()).size());
    }

    @Test
    void aDeadJobManagerTakesItsTaskManagerAlongAndNoJobIsStartedAgain() {
        ClusterFile before = world.file();

        world.killJobManager();
        Settling.until(
                LocalWorld.PATIENCE,
                () -> world.driver().observe(Map.of()),
                seen -> seen.unreachable().isEmpty());

        ClusterFile after = world.file();
        assertNotEquals(before.taskManager(), after.taskManager());
        assertEquals(before.ports(), after.ports());
        assertEquals(List.of(), world.driver().observe(Map.of()).jobs());
    }

    @Test
    void twoControllersStartOneClusterOnly() {
        LocalWorld other = new LocalWorld(directory, "2.2");
        world.killJobManager();

        Settling.until(
                LocalWorld.PATIENCE,
                () -> {
                    other.driver().observe(Map.of());
                    return world.driver().observe(Map.of());
                },
                seen -> seen.unreachable().isEmpty());

        assertEquals(2, FlinkProcess.all(world.folder().path()).size());
        other.driver().close();
    }

    @Test
    void stoppingTheClusterLeavesNoProcessAndKeepsItsState() {
        world.advance(job, 1);

        world.close();

        assertEquals(List.of(), FlinkProcess.all(world.folder().path()));
        assertTrue(world.driver().discoverState(Requests.discover(job, 1)).size() > 0);
        assertEquals(List.of(), world.driver().observe(Map.of()).jobs());
    }
}
