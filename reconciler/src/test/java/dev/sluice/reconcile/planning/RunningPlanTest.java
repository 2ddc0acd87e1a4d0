// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.service.Service;
import dev.sluice.spec.JobKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans against a controller that runs in this process, over its status page on loopback. */
class RunningPlanTest {
    private static final Pattern AGED = Pattern.compile("state: restore [^ ]+, [0-9]+ s old");
    private static final String ENVIRONMENT = """
            apiVersion: sluice/v1
            kind: Environment
            name: test
            clusters:
              lab: {kind: local, stateDir: state}
            defaults:
              flink: {cluster: lab, mode: session}
              upgrade: {soak: 0s}
            """;

    @TempDir
    private Path directory;

    private JobsRepository jobs;
    private Path checkout;
    private Service service;

    /** Runs four jobs, restarts one of them and suspends another. */
    @BeforeEach
    void run() throws Exception {
        jobs = new JobsRepository(directory.resolve("jobs.git"));
        commit("environments/test/environment.yaml", ENVIRONMENT);
        InMemoryCluster cluster = new InMemoryCluster(Clock.systemUTC());
        service = Service.start(
                new ControllerConfig(
                        jobs.url(),
                        "test",
                        "main",
                        directory.resolve("data"),
                        new ControllerConfig.Listen("127.0.0.1", 0),
                        Duration.ofSeconds(1)),
                entry -> new InMemoryDriver(
                        entry.name(), List.of("1.20"), cluster, Clock.systemUTC()));
        await("orders", Phase.Stable.class, 1);
        await("calm", Phase.Stable.class, 1);
        TreeMap<String, String> change = new TreeMap<>();
        change.putAll(JobsRepository.job("orders", "1.20", 1, "'other'"));
        change.putAll(state("calm", "suspended"));
        jobs.commit(change);
        await("orders", Phase.Stable.class, 2);
        await("calm", Phase.Suspended.class, 1);
        checkout = jobs.checkout(directory.resolve("checkout"));
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void aPlanNamesStateWithItsAgeAndTheDowntimeToExpectOfTheRunningController() throws Exception {
        write(state("calm", "running"));
        write(JobsRepository.job("orders", "1.20", 1, "'third'"));

        Sluice plan = plan("test", service.page());

        assertEquals(0, plan.code(), plan.err());
        assertTrue(AGED.matcher(plan.out()).find(), plan.out());
        assertTrue(plan.out().contains("-/+ payments/orders: restart (UPGRADE)"), plan.out());
        assertTrue(plan.out().contains("downtime"), plan.out());
        assertTrue(plan.out().contains("2 unchanged"), plan.out());
    }

    @Test
    void aControllerOfAnotherEnvironmentIsNotPlannedAgainst() throws Exception {
        write(new TreeMap<>(Map.of(
                "environments/prod/environment.yaml",
                ENVIRONMENT.replace("name: test", "name: prod"),
                "environments/prod/variables.yaml",
                JobsRepository.variables("prod:9092"))));

        Sluice plan = plan("prod", service.page());

        assertEquals(3, plan.code(), plan.err());
        assertTrue(plan.err().contains("keeps environment test, not prod"), plan.err());
    }

    @Test
    void whereNobodyAnswersThePlanSaysSo() throws Exception {
        String address;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            address = "http://127.0.0.1:" + free.getLocalPort();
        }

        Sluice plan = plan("test", address);

        assertEquals(3, plan.code(), plan.err());
        assertTrue(plan.err().contains("no controller answers at " + address), plan.err());
    }

    @Test
    void anAddressThatIsNoneIsWrongUsage() {
        assertEquals(64, plan("test", "file:/etc/passwd").code());
        assertEquals(64, plan("test", service.page(), "--base", "main").code());
    }

    private Sluice plan(String environment, String address, String... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("plan", "-C", checkout, "-e", environment, "--controller", address));
        arguments.addAll(List.of(more));
        return Sluice.run(arguments.toArray());
    }

    private void commit(String file, String text) {
        jobs.commit(new TreeMap<>(Map.of(file, text)));
    }

    private void write(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = checkout.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static TreeMap<String, String> state(String job, String state) {
        TreeMap<String, String> files =
                new TreeMap<>(JobsRepository.job(job, "1.20", 1, "'nothing'"));
        files.computeIfPresent(
                "jobs/payments/" + job + "/job.yaml",
                (name, text) -> text + "state: " + state + "\n");
        return files;
    }

    private void await(String name, Class<? extends Phase> phase, int attempt) throws Exception {
        JobKey key = new JobKey("shop", "test", "payments", name);
        boolean isSo = service.board()
                .await(
                        board -> board.job(key)
                                .map(Board.JobNotice::record)
                                .filter(record -> phase.isInstance(record.phase()))
                                .map(JobRecord::attempt)
                                .filter(found -> found == attempt)
                                .isPresent(),
                        Duration.ofMinutes(1));
        assertTrue(isSo, () -> service.board().git() + " " + service.board().jobs());
    }
}
