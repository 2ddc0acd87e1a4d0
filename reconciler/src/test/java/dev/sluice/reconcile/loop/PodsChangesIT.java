// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a job in real pods takes up with its next start, and what makes that start. */
@Tag("kubernetes")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class PodsChangesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Controller.Pace PACE = new Controller.Pace(
            Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(500));
    private static final String YAML = JobFiles.yaml("orders");

    @TempDir
    Path folder;

    private PodsHouse pods;
    private LocalClusters clusters;
    private LoopWorld world;

    @BeforeEach
    void start() throws Exception {
        pods = PodsHouse.open(folder.resolve("access"));
        world = new LoopWorld(folder.resolve("world"));
        clusters = Installation.own().clusters(world.data(), Progress.SILENT);
        world.on(clusters::open, PACE);
        world.commit(files -> {
            JobFiles.root(files);
            files.compute(
                    JobFiles.ENVIRONMENT,
                    (path, yaml) -> yaml.replace(
                            "main: {kind: local, stateDir: state}", "main: " + pods.entry()));
            write(files);
        });
        world.start();
        await("it runs", LoopWorld.is("orders", Phase.Stable.class, 1));
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
        clusters.stopAll();
        pods.close();
    }

    @Test
    void namesAndAddressesChangeWithoutARestartAndAreTakenUpWithTheNextStart() throws Exception {
        SortedSet<String> before = uids();

        world.commit(files -> files.compute(
                YAML,
                (path, yaml) -> yaml.replace(
                        "kubernetes: {",
                        "kubernetes: {ingress: true, dns: {searches: [sluice.example]},"
                                + " artifacts: {delivery: hostPath, path: /tmp}, ")));
        await("the change is known", board -> knows("dns.searches.0"));
        world.awaitLooks(3);

        assertTrue(LoopWorld.is("orders", Phase.Stable.class, 1).test(world.board()));
        assertEquals(before, uids());
        assertEquals(Optional.empty(), address());

        world.commit(files -> files.compute(
                YAML,
                (path, yaml) ->
                        yaml.replace("checkpointing.interval: 1s", "checkpointing.interval: 2s")));
        await("it is changed", LoopWorld.is("orders", Phase.Stable.class, 2));

        for (JsonNode pod : pods.tenant().pods()) {
            assertEquals("sluice.example", pod.at("/spec/dnsConfig/searches/0").asString(""));
        }
        assertTrue(
                pods.tenant().pods().stream()
                        .map(pod -> pod.at("/spec/initContainers/0/name").asString(""))
                        .anyMatch("sluice-program"::equals),
                "its JobManager has loaded the program itself");
        await("its address is shown", board -> address().isPresent());
        assertEquals(Optional.of("http://orders.shop.flink.example.com/"), address());
        aWholeResolvConfRestartsNothing();
    }

    private void aWholeResolvConfRestartsNothing() throws Exception {
        SortedSet<String> before = uids();

        world.commit(files -> files.compute(
                YAML,
                (path, yaml) -> yaml.replace(
                        "dns: {searches: [sluice.example]}",
                        "dns: {resolvConf: nameserver 127.0.0.1}")));
        await("the change is known", board -> knows("dns.resolvConf"));
        world.awaitLooks(3);

        assertTrue(LoopWorld.is("orders", Phase.Stable.class, 2).test(world.board()));
        assertEquals(before, uids());
    }

    private boolean knows(String option) {
        return world.job("orders")
                .record()
                .deployed()
                .filter(job -> job.spec().runtime().kubernetes().containsKey(option))
                .isPresent();
    }

    private Optional<String> address() {
        return world.job("orders").observed() instanceof Observed.Present present
                ? present.attempts().stream()
                        .map(LiveJob::webUrl)
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }

    private SortedSet<String> uids() {
        TreeSet<String> uids = new TreeSet<>();
        List<JsonNode> now = pods.tenant().pods();
        now.forEach(pod -> uids.add(pod.at("/metadata/uid").asString("")));
        return uids;
    }

    private void await(String claim, Predicate<Board> condition) throws InterruptedException {
        if (!world.board().await(condition, PATIENCE)) {
            throw new AssertionError(
                    claim + ": " + world.board().jobs() + " " + world.board().clusters());
        }
    }

    private void write(TreeMap<String, String> files) {
        JobFiles.job(files, "orders", """
                CREATE TABLE orders (shop INT) WITH (
                  'connector' = 'datagen', 'rows-per-second' = '50',
                  'fields.shop.min' = '1', 'fields.shop.max' = '4');
                CREATE TABLE counted (shop INT, orders BIGINT) WITH ('connector' = 'blackhole');
                INSERT INTO counted SELECT shop, COUNT(*) FROM orders GROUP BY shop;
                """);
        pods.small(files, YAML);
    }
}
