// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.Claim;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A cluster in memory that takes ten milliseconds for each call, and whose savepoints do not end. It
 * answers as the REST driver does: the savepoint is under way, come back soon.
 */
final class SlowCluster implements Driver {
    private static final long CALL_NANOS = 10_000_000;
    private static final Duration NEXT_LOOK = Duration.ofMillis(200);

    private final Clock clock = Clock.systemUTC();
    private final Driver model;
    private final Map<String, Long> submitted = new ConcurrentHashMap<>();
    private final Map<JobId, Boolean> stopping = new ConcurrentHashMap<>();

    SlowCluster(String name) {
        model = new InMemoryDriver(name, List.of("1.20"), new InMemoryCluster(clock), clock);
    }

    /** When a job was submitted, by {@link System#nanoTime}; nothing before that. */
    Map<String, Long> submitted() {
        return submitted;
    }

    /** How many savepoints are under way. */
    int stopping() {
        return stopping.size();
    }

    @Override
    public Claim claim(OwnerMark mark) {
        return model.claim(mark);
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        answer();
        return model.observe(detailed);
    }

    @Override
    public Outcome stage(StageRequest request) {
        answer();
        return model.stage(request);
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        answer();
        stopping.put(request.job(), true);
        return new Outcome.Waiting(clock.instant().plus(NEXT_LOOK), "the savepoint is taken");
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        answer();
        return model.cancel(request);
    }

    @Override
    public Outcome start(StartRequest request) {
        submitted.putIfAbsent(request.job().key().name(), System.nanoTime());
        answer();
        return model.start(request);
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        answer();
        return model.proveAbsent(request);
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        answer();
        return model.discoverState(request);
    }

    private static void answer() {
        LockSupport.parkNanos(CALL_NANOS);
    }

    @Override
    public void close() {
        model.close();
    }
}
