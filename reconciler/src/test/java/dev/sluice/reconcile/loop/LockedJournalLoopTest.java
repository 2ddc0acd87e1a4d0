// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.journal.HistoryEntry;
import dev.sluice.reconcile.status.BoardStatus;
import dev.sluice.reconcile.status.Origin;
import dev.sluice.web.Listen;
import dev.sluice.web.StatusServer;
import dev.sluice.web.view.BuildInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process, such as an open {@code sqlite3}, holds the journal while a job needs a step. */
class LockedJournalLoopTest {
    @TempDir
    Path folder;

    private LoopWorld world;
    private StatusServer page;

    @BeforeEach
    void start() throws Exception {
        world = new LoopWorld(folder, "orders");
        world.busyTimeout(Duration.ofMillis(200));
        LoopWorld.Running running = world.start();
        world.awaitStable("orders", 1);
        page = StatusServer.start(
                new BoardStatus(
                        running.board(),
                        running.journal(),
                        new Origin("jobs.git", "main", "test", "one"),
                        new BuildInfo("test", "unknown")),
                Clock.systemUTC(),
                new Listen("127.0.0.1", 0, List.of()));
    }

    @AfterEach
    void close() {
        page.close();
        world.close();
    }

    @Test
    void stepsWaitBeforeTheyActAndThePageStaysUp() throws Exception {
        List<HistoryEntry> before = world.steps("orders");
        try (Connection other =
                        DriverManager.getConnection("jdbc:sqlite:" + world.data() + "/journal.db");
                Statement statement = other.createStatement()) {
            statement.executeUpdate("BEGIN EXCLUSIVE");

            world.cluster("main").advance();
            world.cluster("main").fail(LoopWorld.id("orders", 1), "out of memory");
            world.commit(files -> JobFiles.job(files, "clicks", "INSERT INTO a SELECT 2 FROM b;"));
            world.awaitLooks(2);

            assertEquals(200, get("/livez").statusCode());
            assertTrue(get("/").body().contains("orders"));
            assertTrue(get("/jobs/shop/orders").body().contains("start"));
            assertEquals(before, world.steps("orders"));
            assertEquals(Optional.empty(), progress("orders", 2));
            assertEquals(Optional.empty(), progress("clicks", 1));
            statement.executeUpdate("ROLLBACK");
        }
        world.awaitStable("orders", 2);
        assertEquals(Optional.of(1L), progress("orders", 2));
    }

    private Optional<Long> progress(String job, int attempt) {
        return world.cluster("main").progress(LoopWorld.id(job, attempt));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + page.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
