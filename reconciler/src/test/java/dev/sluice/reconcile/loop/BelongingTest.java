// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.spec.CommitId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data directory remembers one environment of one repository. */
class BelongingTest {
    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, "orders");
        world.start();
        world.awaitStable("orders", 1);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void anotherRepositoryIdNeitherEndsAJobNorStartsItEmptyUnderItsNewKey() throws Exception {
        List<HistoryEntry> steps = world.steps("orders");
        Optional<CommitId> good = world.board().git().commit();

        rename();

        world.await("it is told", board -> board.git().trouble().isPresent());
        world.awaitLooks(3);
        assertEquals(good, world.board().git().commit());
        assertEquals(1, world.board().jobs().size());
        assertEquals(steps, world.steps("orders"));
        assertTrue(world.board().git().trouble().get().contains("the journal is of repository"));
    }

    @Test
    void putBackTheIdIsFollowedAgain() throws Exception {
        rename();
        world.await("it is told", board -> board.git().trouble().isPresent());

        world.commit(files -> {
            JobFiles.root(files);
            JobFiles.job(files, "orders", "INSERT INTO a SELECT 2 FROM b;");
        });

        world.awaitStable("orders", 2);
    }

    private void rename() throws Exception {
        world.commit(files -> files.replace(
                "sluice.yaml", files.get("sluice.yaml").replace("id: sample", "id: another")));
    }
}
