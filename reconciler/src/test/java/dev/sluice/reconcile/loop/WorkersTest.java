// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.Driver;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Step;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps reach a cluster only while the lease holds, and always come back. */
class WorkersTest {
    private static final Step START = new Step.Start(
            Samples.job("INSERT INTO a SELECT 1 FROM b"),
            1,
            Samples.ID,
            new RestoreFrom.Empty("first start"),
            List.of(),
            Optional.empty());

    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final InMemoryCluster cluster = new InMemoryCluster(clock);
    private final Inbox inbox = new Inbox();
    private Journal journal;
    private LeaseKeeper lease;

    @BeforeEach
    void open() {
        journal = Journal.open(folder);
        lease = new LeaseKeeper(journal, "one", Duration.ofMinutes(5), clock);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void aStepIsPerformedWhileTheLeaseHolds() throws Exception {
        Outcome outcome = perform(driver(), lease.token().orElseThrow());

        assertInstanceOf(Outcome.Done.class, outcome);
        assertTrue(cluster.progress(Samples.ID).isPresent());
    }

    @Test
    void aStepOnAnothersJobsIsUnknownAndNotPerformed() throws Exception {
        OwnerMark other = new OwnerMark("sample", "test", "journal-2", "there", clock.instant());
        cluster.claim(other);

        Outcome outcome = perform(driver(), lease.token().orElseThrow());

        Outcome.Unknown unknown = assertInstanceOf(Outcome.Unknown.class, outcome);
        assertTrue(unknown.cause().contains("there"), unknown::cause);
        assertTrue(cluster.progress(Samples.ID).isEmpty());
    }

    @Test
    void aStepWhoseLeaseEndedIsUnknownAndNotPerformed() throws Exception {
        FencingToken token = lease.token().orElseThrow();
        lease.release();

        Outcome outcome = perform(driver(), token);

        assertEquals(
                new Outcome.Unknown("the lease ended, or could not be read, before the step began"),
                outcome);
        assertEquals(Optional.empty(), cluster.progress(Samples.ID));
    }

    @Test
    void aStepOfAnEarlierLeaseIsNotPerformedUnderALaterOne() throws Exception {
        FencingToken token = lease.token().orElseThrow();
        lease.release();
        lease.token();

        assertInstanceOf(Outcome.Unknown.class, perform(driver(), token));
        assertEquals(Optional.empty(), cluster.progress(Samples.ID));
    }

    @Test
    void aDriverThatThrowsLeavesItUnknownWhatHappened() throws Exception {
        Driver broken = new ForwardingDriver(driver()) {
            @Override
            public Outcome start(StartRequest request) {
                throw new IllegalStateException("broken");
            }
        };

        Outcome outcome = perform(broken, lease.token().orElseThrow());

        assertEquals(new Outcome.Unknown("IllegalStateException: broken"), outcome);
    }

    @Test
    void aProofIsDoneFailedOrUnknownAsTheClusterSays() {
        Step prove = new Step.ProveAbsent(
                Samples.job("INSERT INTO a SELECT 1 FROM b"), 1, List.of(Samples.ID));
        StepExecutor executor = new StepExecutor(new OneDriver(driver()), Supply.NONE);

        assertInstanceOf(Outcome.Done.class, executor.perform(prove));

        executor.perform(START);
        assertInstanceOf(Outcome.Failed.class, executor.perform(prove));

        cluster.reachable(false);
        assertInstanceOf(Outcome.Unknown.class, executor.perform(prove));
    }

    @Test
    void aProofIsAskedForExactlyTheAttemptsOfTheStep() {
        StepExecutor executor = new StepExecutor(new OneDriver(driver()), Supply.NONE);
        executor.perform(START);

        Outcome outcome = executor.perform(new Step.ProveAbsent(
                Samples.job("INSERT INTO a SELECT 1 FROM b"),
                1,
                List.of(JobId.of(Samples.KEY, 2))));

        assertInstanceOf(Outcome.Done.class, outcome);
    }

    @Test
    void aSearchOfStorageBringsTheNewestPointer() {
        StepExecutor executor = new StepExecutor(new OneDriver(driver()), Supply.NONE);
        executor.perform(START);
        cluster.advance();
        cluster.advance();

        Outcome.Done done = assertInstanceOf(
                Outcome.Done.class,
                executor.perform(new Step.DiscoverState(
                        Samples.job("INSERT INTO a SELECT 1 FROM b"), 1, Optional.empty())));

        assertEquals(2, done.evidence().pointer().orElseThrow().checkpointId());
    }

    /** One driver for every cluster. */
    private record OneDriver(Driver driver) implements Drivers {
        @Override
        public <T> T ask(String cluster, Function<Driver, T> question) {
            return question.apply(driver);
        }

        @Override
        public List<String> clusters() {
            return List.of("main");
        }

        @Override
        public void close() {
            driver.close();
        }
    }

    private Driver driver() {
        return new InMemoryDriver("main", List.of("1.20"), cluster, clock);
    }

    private Outcome perform(Driver driver, FencingToken token) throws InterruptedException {
        StepExecutor executor = new StepExecutor(new OneDriver(driver), Supply.NONE);
        Owners owners = new Owners(new OneDriver(driver), "test", "journal-1", "here", clock);
        owners.adopt("sample");
        try (Workers workers = new Workers(inbox, lease, owners, executor)) {
            workers.perform(
                    Samples.KEY,
                    new OpenStep(1, START, JobRecord.fresh(Samples.KEY), clock.instant()),
                    token);
            List<News> news = inbox.take(Duration.ofMinutes(1));
            return assertInstanceOf(News.StepEnded.class, news.get(0)).outcome();
        }
    }
}
