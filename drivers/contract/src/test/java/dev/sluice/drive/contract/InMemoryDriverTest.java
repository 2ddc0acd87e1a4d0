// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.drive.Driver;
import dev.sluice.drive.testing.Fault;
import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.drive.testing.Verb;
import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof.Verdict;
import dev.sluice.spec.observed.RestoreFrom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InMemoryDriverTest extends DriverContract {
    private static final RestoreFrom EMPTY = new RestoreFrom.Empty("first start");

    private final MemoryWorld world = new MemoryWorld();

    @Override
    protected DriverWorld world() {
        return world;
    }

    static Stream<Arguments> lostStarts() {
        return Stream.of(arguments(Fault.LOSE_REQUEST, 0), arguments(Fault.LOSE_ANSWER, 1));
    }

    @ParameterizedTest
    @MethodSource("lostStarts")
    void aLostStartIsUnknownAndMayOrMayNotHaveHappened(Fault fault, int jobs) {
        SampleJob job = world.job("lost-start");
        world.cluster.faults().next(Verb.START, fault);

        Outcome outcome = world.driver().start(Requests.start(job, 1, EMPTY));

        assertEquals(Outcome.Unknown.class, outcome.getClass());
        assertEquals(jobs, world.driver().observe(Map.of()).jobs().size());
    }

    @Test
    void aSecondLiveAttemptIsRecordedAsAViolation() {
        SampleJob job = world.job("twice");
        world.driver().start(Requests.start(job, 1, EMPTY));

        world.driver().start(Requests.start(job, 2, EMPTY, new EarlierAttempts[0]));

        assertEquals(1, world.cluster.violations().size());
    }

    @Test
    void countsGoOnFromTheRestoredState() {
        SampleJob job = world.job("count");
        world.driver().start(Requests.start(job, 1, EMPTY));
        world.advance(job, 1);
        world.advance(job, 1);
        Settling.settle(() -> world.driver().stopWithSavepoint(Requests.stop(job, 1, 1)));
        RestoreFrom from = new RestoreFrom.State(
                world.driver().discoverState(Requests.discover(job, 1)).get(0));

        world.driver().start(Requests.start(job, 2, from));

        assertEquals(Optional.of(3L), world.cluster.progress(JobId.of(job.key(), 2)));
    }

    @Test
    void anotherSchedulerChangesNoRunningJob() {
        SampleJob job = world.job("fixed");
        world.driver().start(Requests.start(job, 1, EMPTY));
        world.cluster.adaptive(false);

        Outcome outcome = world.driver().rescale(Requests.rescale(job, 1, 2, 3));

        assertEquals(Outcome.Failed.class, outcome.getClass());
        assertEquals(Optional.of(2), world.cluster.parallelism(JobId.of(job.key(), 1)));
    }

    @Test
    void anUnreachableClusterProvesNothing() {
        SampleJob job = world.job("unreachable");
        world.cluster.reachable(false);

        assertEquals(
                Verdict.UNKNOWN,
                world.driver().proveAbsent(Requests.prove(job, 1)).verdict());
        assertNotEquals(Optional.empty(), world.driver().observe(Map.of()).unreachable());
    }

    private static final class MemoryWorld implements DriverWorld {
        private final InMemoryCluster cluster = new InMemoryCluster(Clock.systemUTC());
        private Driver driver = open();

        MemoryWorld() {
            cluster.adaptive(true);
        }

        private Driver open() {
            return new InMemoryDriver("memory", List.of("1.20", "2.2"), cluster, Clock.systemUTC());
        }

        @Override
        public Driver driver() {
            return driver;
        }

        @Override
        public SampleJob job(String name) {
            return new SampleJob(
                    new JobKey("repo", "test", "team", name), "2.2", "INSERT INTO a SELECT 1", 2);
        }

        @Override
        public SampleJob incompatible(SampleJob job) {
            return job.withSql(InMemoryDriver.INCOMPATIBLE + "\n" + job.sql());
        }

        @Override
        public void advance(SampleJob job, int attempt) {
            cluster.advance();
        }

        @Override
        public void restartController() {
            driver = open();
        }

        @Override
        public void killJobManager() {
            cluster.killJobManager();
        }

        @Override
        public void blockDirectory(String directory) {
            cluster.blockDirectory(directory);
        }

        @Override
        public boolean isAdaptive() {
            return true;
        }

        @Override
        public void close() {
            driver.close();
        }
    }
}
