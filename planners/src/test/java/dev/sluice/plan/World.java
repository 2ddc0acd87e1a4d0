// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A small model of one cluster and its storage. A running attempt counts up from the number in the
 * state it restored; a checkpoint stores the number. Two attempts alive at once, or a start from less
 * than the newest number on storage, is a violation.
 */
final class World implements Step.Handler<Outcome> {
    private static final class Life {
        private JobStatus status = JobStatus.RUNNING;
        private long number;
        private int checkpoints;
        private Optional<StatePointer> latest = Optional.empty();
        private Optional<String> restored = Optional.empty();
    }

    private final Random random;
    private final Map<Integer, Life> lives = new TreeMap<>();
    private final List<StatePointer> storage = new ArrayList<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<String, Outcome> stops = new HashMap<>();
    private Instant now = Story.START;
    private boolean isCalm = false;
    private Observed lastSeen = new Observed.NotListed(Story.START, List.of());

    World(long seed) {
        this.random = new Random(seed);
    }

    void calm() {
        isCalm = true;
    }

    /** Time passes and things happen that nobody asked for. */
    void pass(int seconds) {
        now = now.plusSeconds(seconds);
        lives.forEach((attempt, life) -> {
            if (life.status == JobStatus.RUNNING) {
                life.number += seconds;
                if (isCalm || random.nextInt(3) == 0) {
                    checkpoint(attempt, life);
                }
            }
            if (!isCalm && !life.status.isGloballyTerminal()) {
                mischief(life);
            }
            if (isCalm && life.status == JobStatus.RESTARTING) {
                life.status = JobStatus.RUNNING;
            }
        });
    }

    Instant now() {
        return now;
    }

    Observed lastSeen() {
        return lastSeen;
    }

    /** What the poller saw: sometimes nothing, sometimes a list that leaves the job out. */
    Observed observe(JobRecord record) {
        lastSeen = look(record);
        return lastSeen;
    }

    private Observed look(JobRecord record) {
        if (!isCalm && random.nextInt(10) == 0) {
            return new Observed.Unknown(now, "no answer");
        }
        List<LiveJob> seen = new ArrayList<>();
        lives.forEach((attempt, life) -> seen.add(0, seen(record, attempt, life)));
        if (seen.isEmpty() || (!isCalm && random.nextInt(10) == 0)) {
            return new Observed.NotListed(now, List.of());
        }
        return new Observed.Present(now, seen);
    }

    /** Performs a step; the answer may be lost before or after the effect. */
    Outcome perform(Step step) {
        int luck = isCalm ? 9 : random.nextInt(10);
        if (luck == 0) {
            return new Outcome.Unknown("lost before the effect");
        }
        Outcome outcome = step.accept(this);
        return luck == 1 ? new Outcome.Unknown("lost after the effect") : outcome;
    }

    @Override
    public Outcome stage(Step.Stage step) {
        return !isCalm && random.nextInt(10) == 0
                ? new Outcome.Failed(true, "repository", Evidence.NONE)
                : new Outcome.Done(Evidence.NONE);
    }

    @Override
    public Outcome stop(Step.StopWithSavepoint step) {
        Outcome cached = stops.get(step.trigger().hex());
        if (cached != null) {
            return cached;
        }
        Life life = lives.get(step.attempt());
        if (life == null || life.status.isGloballyTerminal()) {
            return failed("state", "FAILED", Optional.empty());
        }
        int luck = isCalm ? 9 : random.nextInt(10);
        Outcome outcome;
        if (life.status != JobStatus.RUNNING || luck == 0) {
            outcome = failed("state", "RUNNING", Optional.empty());
        } else {
            StatePointer pointer = store(step.attempt(), "sp-" + storage.size(), -1, life);
            if (luck == 1) {
                life.number++;
                outcome = failed("state", "RUNNING", Optional.of(pointer));
            } else if (luck == 2) {
                life.status = JobStatus.FAILED;
                outcome = failed("state", "FAILED", Optional.of(pointer));
            } else {
                life.status = JobStatus.FINISHED;
                life.latest = Optional.of(pointer);
                outcome = new Outcome.Done(Evidence.of(pointer));
            }
        }
        stops.put(step.trigger().hex(), outcome);
        return outcome;
    }

    @Override
    public Outcome cancel(Step.Cancel step) {
        Life life = lives.get(step.attempt());
        if (life != null && !life.status.isGloballyTerminal()) {
            checkpoint(step.attempt(), life);
            life.status = JobStatus.CANCELED;
        }
        return new Outcome.Done(Evidence.NONE);
    }

    @Override
    public Outcome prove(Step.ProveAbsent step) {
        boolean isAlive =
                lives.values().stream().anyMatch(life -> !life.status.isGloballyTerminal());
        return isAlive
                ? new Outcome.Failed(true, "present", Evidence.NONE)
                : new Outcome.Done(Evidence.NONE);
    }

    @Override
    public Outcome discover(Step.DiscoverState step) {
        return new Outcome.Done(newest().map(Evidence::of).orElse(Evidence.NONE));
    }

    @Override
    public Outcome start(Step.Start step) {
        Life known = lives.get(step.attempt());
        if (known != null) {
            return new Outcome.Done(Evidence.NONE);
        }
        lives.forEach((attempt, life) -> {
            if (!life.status.isGloballyTerminal()) {
                throw new AssertionError("attempt " + step.attempt() + " starts while " + attempt
                        + " is " + life.status);
            }
        });
        Life life = new Life();
        life.number = numberOf(step.from());
        life.restored = step.from() instanceof RestoreFrom.State state
                ? Optional.of(state.pointer().path())
                : Optional.empty();
        if (!isCalm && random.nextInt(10) == 0) {
            return new Outcome.Failed(true, "refused", Evidence.NONE);
        }
        lives.put(step.attempt(), life);
        if (!isCalm && random.nextInt(10) == 0) {
            life.status = random.nextBoolean() ? JobStatus.FAILED : JobStatus.RUNNING;
            return new Outcome.Failed(true, "burnt, or alive all the same", Evidence.NONE);
        }
        return new Outcome.Done(Evidence.NONE);
    }

    @Override
    public Outcome rescale(Step.Rescale step) {
        return random.nextBoolean()
                ? new Outcome.Failed(false, "the scheduler cannot", Evidence.NONE)
                : new Outcome.Done(Evidence.NONE);
    }

    @Override
    public Outcome apply(Step.ApplyLive step) {
        return new Outcome.Done(Evidence.NONE);
    }

    @Override
    public Outcome end(Step.EndCluster step) {
        return cancel(new Step.Cancel(step.running(), step.attempt(), step.id()));
    }

    private long numberOf(RestoreFrom from) {
        long newest = newest().map(pointer -> numbers.get(pointer.path())).orElse(0L);
        long restored = from instanceof RestoreFrom.State state
                ? numbers.get(state.pointer().path())
                : 0;
        if (restored < newest) {
            throw new AssertionError(
                    "restores " + restored + " from " + from + ", newest is " + newest);
        }
        return restored;
    }

    private void mischief(Life life) {
        switch (random.nextInt(60)) {
            case 0 -> life.status = JobStatus.FAILED;
            case 1 -> life.status = JobStatus.CANCELED;
            case 2, 3 -> life.status = JobStatus.RESTARTING;
            case 4, 5, 6, 7, 8, 9 -> life.status = JobStatus.RUNNING;
            default -> {}
        }
    }

    private void checkpoint(int attempt, Life life) {
        life.checkpoints++;
        life.latest =
                Optional.of(store(attempt, "chk-" + life.checkpoints, life.checkpoints, life));
    }

    private StatePointer store(int attempt, String name, long id, Life life) {
        StatePointer pointer = new StatePointer(
                id < 0 ? StatePointer.Kind.SAVEPOINT : StatePointer.Kind.CHECKPOINT,
                "file:/state/" + attempt + "/" + name,
                JobId.of(Specs.ORDERS, attempt),
                attempt,
                id,
                now.plusNanos(storage.size()),
                "1.20");
        storage.add(pointer);
        numbers.put(pointer.path(), life.number);
        return pointer;
    }

    private Optional<StatePointer> newest() {
        return storage.stream().reduce((one, other) -> other.isNewerThan(one) ? other : one);
    }

    private static Outcome failed(String fact, String text, Optional<StatePointer> pointer) {
        Evidence evidence = pointer.map(Evidence::of).orElse(Evidence.NONE);
        return new Outcome.Failed(true, "stop", evidence.with(fact, text));
    }

    private LiveJob seen(JobRecord record, int attempt, Life life) {
        JobDetail detail = new JobDetail(
                life.latest,
                life.restored,
                life.checkpoints,
                0,
                0,
                life.status == JobStatus.RUNNING,
                0,
                Optional.empty());
        return new LiveJob(
                JobId.of(record.key(), attempt),
                "orders",
                life.status,
                Story.START,
                0,
                "1.20",
                Optional.empty(),
                Optional.of(detail));
    }
}
