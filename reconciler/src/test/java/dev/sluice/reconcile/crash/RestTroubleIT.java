// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.reconcile.proxy.Fault;
import dev.sluice.reconcile.proxy.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A controller whose way to real Flink is broken: it does nothing it is not sure of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestTroubleIT {
    /** Answers that are none, by what is wrong with them. */
    private static final SortedMap<String, Fault> BAD = new TreeMap<>(Map.ofEntries(
            Map.entry("internal error", Fault.instead(500, "text/html", "<html>oops</html>")),
            Map.entry("bad gateway", Fault.instead(502, "text/plain", "")),
            Map.entry("unavailable", Fault.instead(503, "application/json", "{\"errors\":[]}")),
            Map.entry("another server", Fault.instead(404, "text/html", "<html>404</html>")),
            Map.entry("a page", Fault.instead(200, "text/html", "<html>log in</html>")),
            Map.entry("nothing", Fault.instead(200, "application/json", "")),
            Map.entry("an empty object", Fault.instead(200, "application/json", "{}")),
            Map.entry("a list", Fault.instead(200, "application/json", "[]")),
            Map.entry("null", Fault.instead(200, "application/json", "null")),
            Map.entry("other types", Fault.instead(200, "application/json", """
                    {"jobs":{"jid":[]},"status":7,"state":{},"taskmanagers":"one"}""")),
            Map.entry("half of it", Fault.truncated()),
            Map.entry("garbage", Fault.garbage()),
            Map.entry("100 MB", Fault.huge(100 << 20)),
            Map.entry("request lost", Fault.requestLost()),
            Map.entry("answer lost", Fault.answerLost())));

    private final Seed seed = Seed.ofThisRun();

    private final List<String> effects = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    private CrashWorld world;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        world = CrashWorld.begin(folder, seed.flinkVersion(), seed.random());
        world.proxy().hear(this::hear);
    }

    @AfterAll
    void end() throws Exception {
        if (world != null) {
            world.close();
        }
    }

    /** With a controller that asks through the proxy, and a job of which nothing is under way. */
    @BeforeEach
    void calm() {
        world.endController();
        world.proxy().heal();
        effects.clear();
    }

    @Test
    void nothingIsDoneOnAnAnswerThatIsNone() throws Exception {
        int next = world.attempt() + 1;
        SortedMap<String, Fault> faults = new TreeMap<>(BAD);
        faults.put("hanging", Fault.hanging());
        faults.put("one byte a second", Fault.dripping(Duration.ofSeconds(1)));
        world.proxy().only(request -> true, Fault.requestLost());

        world.upgradeLater();
        for (Map.Entry<String, Fault> bad : faults.entrySet()) {
            world.proxy().only(request -> true, bad.getValue());
            awaitLooks(2, bad.getKey());
        }

        assertEquals(List.of(), effects);
        assertEquals(next - 1, world.attempt());
        world.proxy().heal();
        world.awaitUpgrade(next);
    }

    @Test
    void aJobThatTheOverviewOmitsIsNeitherStartedAgainNorStopped() throws Exception {
        int next = world.attempt() + 1;
        world.proxy().only(RestTroubleIT::isOverview, Fault.edited(body -> "{\"jobs\":[]}"));

        world.upgradeLater();
        awaitLooks(20, "an overview without the job");

        assertEquals(List.of(), effects);
        assertEquals(next - 1, world.attempt());
        world.proxy().heal();
        world.awaitUpgrade(next);
    }

    @Test
    void anUpgradeThroughConstantTroubleKeepsThePromises() throws Exception {
        int next = world.attempt() + 1;
        List<Fault> faults = List.copyOf(BAD.values());
        Random random = seed.random();
        Fault any = exchange -> faults.get(random.nextInt(faults.size())).give(exchange);
        world.proxy().only(request -> random.nextInt(6) == 0, any);

        world.upgradeLater();

        world.await("it is started", record -> record.attempt() == next);
        world.proxy().heal();
        world.awaitUpgrade(next);
    }

    /** The controller has asked so many times more what runs. */
    private void awaitLooks(int more, String meanwhile) throws Exception {
        int before = looks.get();
        Waiting.until(
                Duration.ofSeconds(60),
                () -> looks.get() >= before + more,
                () -> "no look at " + meanwhile);
    }

    private void hear(Request request) {
        if (isOverview(request)) {
            looks.incrementAndGet();
        }
        boolean isUpload = request.path().equals("/jars/upload");
        if (!request.method().equals("GET") && !isUpload) {
            effects.add(request.line());
        }
    }

    private static boolean isOverview(Request request) {
        return request.path().equals("/jobs/overview");
    }
}
