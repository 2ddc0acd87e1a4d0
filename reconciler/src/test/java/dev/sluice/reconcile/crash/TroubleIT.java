// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.planning.Sluice;
import dev.sluice.reconcile.proxy.Fault;
import dev.sluice.reconcile.proxy.Request;
import java.io.IOException;
import java.nio.file.Files;
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

/**
 * What real Flink, its storage, the way to it and people at it do to a counting job without asking the
 * controller, which does nothing it is not sure of.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroubleIT {
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
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> effects = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    private CrashWorld world;
    private Path home;

    @BeforeAll
    void begin(@TempDir Path folder) throws Exception {
        home = folder;
        world = CrashWorld.begin(folder, Setting.session(seed.flinkVersion()), seed.random());
        world.session().proxy().hear(this::hear);
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
        world.session().proxy().heal();
        asked.clear();
        effects.clear();
    }

    @Test
    void aSavepointIsFoundWhenControllerAndJobManagerDiedBeforeAnyoneWroteItDown()
            throws Exception {
        int next = world.attempt() + 1;
        world.die(new FailPoint(StepKind.STOP, Moment.ENDED), Blow.HALT);

        world.session().killJobManager();

        world.finish(next, Trap.NONE);
    }

    @Test
    void aJobThatItsJobManagerForgotGoesOnFromItsNewestCheckpoint() throws Exception {
        int next = world.attempt() + 1;
        world.session().killJobManager();

        world.finish(next, Trap.NONE);
    }

    @Test
    void aSavepointUnderWayIsAwaitedByTheNextControllerWithoutASecondRequest() throws Exception {
        int next = world.attempt() + 1;
        world.session()
                .proxy()
                .only(
                        request -> request.path().contains("/savepoints/"),
                        Fault.edited(body -> body.contains("errors") ? body : """
                        {"status":{"id":"IN_PROGRESS"},"operation":null}"""));
        world.upgradeLater();
        awaitPolls(2);

        world.endController();
        world.startController();
        awaitPolls(5);

        assertInstanceOf(Phase.Stopping.class, world.record().phase());
        assertEquals(1, asked.stream().filter(line -> line.endsWith("/stop")).count());
        world.session().proxy().heal();
        world.awaitUpgrade(next);
    }

    @Test
    void aJobCancelledByHandWaitsForACommitAndGoesOnFromItsNewestCheckpoint() throws Exception {
        int next = world.attempt() + 1;
        world.startController();

        world.session().eyes().cancel(world.record().currentId().orElseThrow().hex());
        world.await(
                "it is held",
                record -> record.phase() instanceof Phase.Blocked blocked
                        && blocked.reason() == Reason.ExternallyStopped);
        world.upgradeLater();

        world.awaitUpgrade(next);
    }

    private void awaitPolls(int more) throws Exception {
        int before = polls();
        Waiting.until(
                Duration.ofMinutes(3), () -> polls() >= before + more, () -> "no poll: " + asked);
    }

    private int polls() {
        return (int)
                asked.stream().filter(line -> line.contains("/savepoints/")).count();
    }

    @Test
    void anAttemptThatFindsNoSlotsIsTakenBackToTheSavepointThatItWasStartedFrom() throws Exception {
        int next = world.attempt() + 1;
        world.startController();
        world.commit("Crowd", files -> CountingJob.crowd(files, true));
        world.await("it is started", record -> record.phase() instanceof Phase.Verifying);
        Waiting.until(
                Duration.ofMinutes(3),
                () -> world.holds().contains("wait for a slot"),
                () -> "it is told: " + world.holds());
        assertEquals(next, world.attempt());

        world.commit("Revert", files -> CountingJob.crowd(files, false));

        world.awaitUpgrade(next + 1);
        assertEquals(0, world.record().savepointTries());
        assertEquals(1, effects.stream().filter(line -> line.endsWith("/stop")).count());
    }

    @Test
    void ofTwoControllersOnOneClusterTheFirstActsAndTheOtherNamesItAndDoesNothing(
            @TempDir Path folder) throws Exception {
        int next = world.attempt() + 1;
        Path state = CrashWorld.data(home).resolve("clusters/main/state");
        try (Rival rival = new Rival(
                folder, world.session().proxy().address(), world.setting().flinkVersion(), state)) {
            boolean isTold = rival.board()
                    .await(
                            board -> board.job(CountingJob.KEY)
                                    .filter(job -> job.holds().stream()
                                            .anyMatch(hold -> hold.reason() == Reason.OwnedByOther))
                                    .isPresent(),
                            Duration.ofMinutes(3));
            assertTrue(isTold, () -> rival.board().jobs().toString());
            assertEquals(List.of(), effects);

            // What the rival asked for besides would have no intent in the journal of the first.
            world.upgradeLater();

            world.awaitUpgrade(next);
        }
    }

    @Test
    void localStopEndsFlinkAndTheJobGoesOnFromItsNewestCheckpoint(@TempDir Path folder)
            throws Exception {
        int next = world.attempt() + 1;
        Path config = folder.resolve("controller.yaml");
        Files.writeString(
                config,
                "repository: " + home.resolve("jobs.git") + "\nenvironment: test\ndataDirectory: "
                        + CrashWorld.data(home) + "\n");
        world.session().leaveProxy();

        Sluice stopped = Sluice.run("local", "stop", "-c", config);

        assertEquals(0, stopped.code(), stopped::err);
        assertTrue(stopped.out().contains("shop/orders: goes on from file:"), stopped::out);
        assertTrue(stopped.out().contains("ended: 1 local clusters"), stopped::out);
        assertThrows(IOException.class, () -> world.session().eyes().live());
        world.finish(next, Trap.NONE);
    }

    @Test
    void nothingIsDoneOnAnAnswerThatIsNone() throws Exception {
        int next = world.attempt() + 1;
        world.session().proxy().only(request -> true, Fault.requestLost());

        world.upgradeLater();
        for (Map.Entry<String, Fault> bad : BAD.entrySet()) {
            world.session().proxy().only(request -> true, bad.getValue());
            awaitLooks(2, bad.getKey());
        }
        // A look at each of these takes as long as an answer may take, which no other fault does.
        List<Fault> slow = List.of(Fault.hanging(), Fault.dripping(Duration.ofSeconds(1)));
        AtomicInteger asked = new AtomicInteger();
        world.session()
                .proxy()
                .only(
                        request -> true,
                        exchange -> slow.get(asked.getAndIncrement() % 2).give(exchange));
        awaitLooks(3, "answers without end");

        assertEquals(List.of(), effects);
        assertEquals(next - 1, world.attempt());
        world.session().proxy().heal();
        world.awaitUpgrade(next);
    }

    @Test
    void aJobThatTheOverviewOmitsIsNeitherStartedAgainNorStopped() throws Exception {
        int next = world.attempt() + 1;
        world.session().proxy().only(TroubleIT::isOverview, Fault.edited(body -> "{\"jobs\":[]}"));

        world.upgradeLater();
        awaitLooks(20, "an overview without the job");

        assertEquals(List.of(), effects);
        assertEquals(next - 1, world.attempt());
        world.session().proxy().heal();
        world.awaitUpgrade(next);
    }

    @Test
    void anUpgradeThroughConstantTroubleKeepsThePromises() throws Exception {
        int next = world.attempt() + 1;
        List<Fault> faults = List.copyOf(BAD.values());
        Random random = seed.random();
        Fault any = exchange -> faults.get(random.nextInt(faults.size())).give(exchange);
        world.session().proxy().only(request -> random.nextInt(6) == 0, any);

        world.upgradeLater();

        world.await("it is started", record -> record.attempt() == next);
        world.session().proxy().heal();
        world.awaitUpgrade(next);
    }

    /** The controller has asked so many times more what runs. */
    private void awaitLooks(int more, String meanwhile) throws Exception {
        int before = looks.get();
        Waiting.until(
                Duration.ofMinutes(3),
                () -> looks.get() >= before + more,
                () -> "no look at " + meanwhile);
    }

    private void hear(Request request) {
        asked.add(request.line());
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
