// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.plan.Phase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who follows the log reads each fact once. */
class ChronicleTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Chronicle.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    Path folder;

    private LoopWorld world;

    @BeforeEach
    void listen() throws Exception {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
        world = new LoopWorld(folder, "orders");
        world.start();
        world.awaitStable("orders", 1);
    }

    @AfterEach
    void forget() {
        world.close();
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void takeoverCommitClusterAndStartAreALineEach() {
        assertSaidOnce("leads, looks after all jobs token=");
        assertSaidOnce("commit in force commit=");
        assertSaidOnce("cluster answers cluster=main");
        assertSaidOnce("starts id=" + LoopWorld.id("orders", 1));
        assertSaidOnce("stable id=" + LoopWorld.id("orders", 1));
    }

    @Test
    void anUpgradeTellsStopStateAndStart() throws Exception {
        world.commit(files -> files.put(JobFiles.sql("orders"), "INSERT INTO a SELECT 2 FROM b;"));
        world.awaitStable("orders", 2);

        assertSaidOnce("stops with a savepoint try=1 job=shop/orders attempt=1");
        assertSaidOnce("stopped state=");
        assertSaidOnce("starts id=" + LoopWorld.id("orders", 2));
    }

    @Test
    void aFailureTellsRecoveryAndHold() throws Exception {
        world.cluster("main").advance();
        world.cluster("main").fail(LoopWorld.id("orders", 1), "password=hunter2");
        world.awaitStable("orders", 2);
        world.cluster("main").advance();
        world.cluster("main").fail(LoopWorld.id("orders", 2), "password=hunter2");
        world.await("it waits", LoopWorld.is("orders", Phase.Stopped.class, 2));

        assertSaidOnce("recovers because=Recovering job=shop/orders attempt=1");
        assertSaidOnce("recovers because=Recovering job=shop/orders attempt=2");
        assertSaidOnce("held job=shop/orders reason=WaitingForRetry");
        assertTrue(said().stream().noneMatch(line -> line.contains("hunter2")), said()::toString);
    }

    @Test
    void aQuietTimeTellsNothing() throws Exception {
        List<String> before = said();

        world.awaitFetches(3);
        world.awaitLooks(5);

        assertEquals(before, said());
    }

    private void assertSaidOnce(String text) {
        assertEquals(
                1,
                said().stream().filter(line -> line.contains(text)).count(),
                () -> text + " in " + said());
    }

    private List<String> said() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
