// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Planning a fleet in which nothing has changed costs the comparison, and the answer for each job. */
class AllocationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int JOBS = 10_000;
    private static final int ROUNDS = 5;

    /** The answer itself is 32 bytes; what the rules allocate for one job is more than 1,000. */
    private static final long MOST_BYTES = 64;

    private record Member(Desired desired, JobRecord record, Observed observed) {}

    private final Planner planner = new Planner();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void anUnchangedJobCostsNoMoreThanItsAnswer() {
        assertCheap(fleet(true));
    }

    @Test
    void anUnchangedJobThatWasNotLookedAtCloselyCostsNoMoreEither() {
        assertCheap(fleet(false));
    }

    private void assertCheap(List<Member> fleet) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            int unchanged = unchanged(fleet);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            least = Math.min(least, allocated / JOBS);
            assertEquals(JOBS, unchanged);
        }

        assertTrue(least < MOST_BYTES, least + " bytes for each job");
    }

    private int unchanged(List<Member> fleet) {
        int unchanged = 0;
        for (int i = 0; i < fleet.size(); i++) {
            Member job = fleet.get(i);
            Decision decision = planner.decide(job.desired(), job.record(), job.observed(), NOW);
            unchanged += decision.step().isEmpty() && decision.next() == job.record() ? 1 : 0;
        }
        return unchanged;
    }

    private static List<Member> fleet(boolean isDetailed) {
        return IntStream.range(0, JOBS)
                .mapToObj(number -> member("job-" + number, isDetailed))
                .toList();
    }

    /** Upgraded once from a savepoint; the spec is read anew, so it is equal and not the same. */
    private static Member member(String name, boolean isDetailed) {
        JobKey key = new JobKey("shop", "test", "payments", name);
        EffectiveJob job = job(key);
        JobId id = JobId.of(key, 2);
        StatePointer saved = Seeing.pointer("sp-" + name, 1, NOW.minusSeconds(90));
        StatePointer checkpoint = new StatePointer(
                StatePointer.Kind.CHECKPOINT,
                "file:/state/" + id.hex() + "/chk-7",
                id,
                2,
                7,
                NOW.minusSeconds(20),
                "1.20");
        JobRecord record = JobRecord.fresh(key)
                .attemptAtLeast(1)
                .starting(job, new RestoreFrom.State(saved), NOW.minusSeconds(80))
                .learned(checkpoint)
                .seenRunning(NOW.minusSeconds(20));
        JobRecord stable = record.with(record.notes().sawCheckpoint())
                .stable(new Phase.Stable(id, NOW.minusSeconds(60)));
        JobDetail detail = new JobDetail(
                Optional.of(checkpoint),
                Optional.of(saved.path()),
                7,
                0,
                0,
                true,
                0,
                Optional.empty());
        LiveJob live = new LiveJob(
                id,
                name,
                JobStatus.RUNNING,
                NOW.minusSeconds(80),
                1,
                "1.20",
                Optional.empty(),
                isDetailed ? Optional.of(detail) : Optional.empty());
        return new Member(
                new Desired.Specified(job.commit(), job(key)),
                stable,
                new Observed.Present(NOW, List.of(live)));
    }

    private static EffectiveJob job(JobKey key) {
        EffectiveJob job = Specs.job(1, Specs.spec(key, Map.of("sql", "v1")));
        return new EffectiveJob(
                job.spec(), job.commit(), Digest.of(job.spec().toString()), job.file());
    }
}
