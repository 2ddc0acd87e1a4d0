// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.job;
import static dev.sluice.reconcile.journal.Samples.pointer;
import static dev.sluice.reconcile.journal.Samples.rest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Notes;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.LedgerEntry.Status;
import dev.sluice.spec.JobId;
import dev.sluice.spec.TriggerId;
import dev.sluice.spec.UpgradePolicy.SavepointFormat;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random lives of a job, its pointers marked at random, and everything pruned whatever its age. */
class RetentionWalkTest {
    private static final int WALKS = 30;
    private static final int STEPS = 25;
    private static final Comparator<StatePointer> NEWEST_FIRST = Comparator.comparingInt(
                    StatePointer::attempt)
            .thenComparingLong(StatePointer::checkpointId)
            .reversed();

    @TempDir
    private Path directory;

    @Test
    void noWalkLosesAPointerThatARestoreMayUseOrThatNothingProvesToBeGone() {
        int pruned = 0;

        for (int seed = 1; seed <= WALKS; seed++) {
            try (Journal journal = Journal.open(directory.resolve("walk-" + seed))) {
                pruned += new Walk(seed, journal).walk();
            }
        }

        assertTrue(pruned > WALKS, "rows removed: " + pruned);
    }

    private static final class Walk {
        private final int seed;
        private final Random random;
        private final Journal journal;
        private final FencingToken token;
        private final Set<String> named = new HashSet<>();

        private Walk(int seed, Journal journal) {
            this.seed = seed;
            this.random = new Random(seed);
            this.journal = journal;
            Leadership leading = journal.acquire("one", Duration.ofDays(1), NOW);
            this.token = ((Leadership.Leading) leading).token();
        }

        /** Answers how many rows were removed. */
        private int walk() {
            int removed = 0;
            for (int step = 0; step < STEPS; step++) {
                live();
                mark();
                if (random.nextInt(3) == 0) {
                    removed += prune();
                }
            }
            ChainCheck check = journal.verifyChain();
            assertInstanceOf(ChainCheck.Intact.class, check, () -> "seed " + seed + " " + check);
            return removed;
        }

        private void live() {
            named.clear();
            int attempt = 1 + random.nextInt(3);
            List<StatePointer> lineage = Stream.generate(this::any)
                    .limit(random.nextInt(4))
                    .distinct()
                    .sorted(NEWEST_FIRST)
                    .toList();
            lineage.forEach(pointer -> named.add(pointer.path()));
            JobRecord record = new JobRecord(
                    KEY,
                    attempt,
                    phase(attempt),
                    Optional.of(job("SELECT 1")),
                    random.nextBoolean() ? Optional.of(from()) : Optional.empty(),
                    Optional.empty(),
                    lineage,
                    Optional.of(NOW),
                    List.of(),
                    0,
                    Notes.NONE);
            journal.store(token, List.of(rest(record, Reason.InSync)), COMMIT, NOW);
        }

        private Phase phase(int attempt) {
            JobId id = JobId.of(KEY, attempt);
            return switch (random.nextInt(11)) {
                case 0 -> new Phase.Stopped(from(), NOW);
                case 1 -> new Phase.Starting(id, from(), NOW);
                case 2 -> new Phase.Verifying(id, from(), Optional.empty(), NOW);
                case 3 -> new Phase.Suspended(from(), NOW);
                case 4 -> new Phase.Proving(from(), NOW);
                case 5 -> new Phase.Cancelling(from(), NOW);
                case 6 -> searching();
                case 7 -> new Phase.Staging(job("SELECT 2"), new Phase.Suspended(from(), NOW), NOW);
                case 8 ->
                    new Phase.Blocked(
                            Reason.ExternallyStopped,
                            "text",
                            "advice",
                            new Phase.Stopped(from(), NOW),
                            Optional.empty(),
                            NOW);
                case 9 ->
                    new Phase.Stopping(
                            TriggerId.of(KEY, attempt, "p1", 1),
                            "directory",
                            1,
                            "p1",
                            SavepointFormat.NATIVE,
                            new Phase.Verifying(id, from(), Optional.empty(), NOW),
                            NOW);
                default -> new Phase.Stable(id, NOW);
            };
        }

        private Phase searching() {
            StatePointer found = any();
            named.add(found.path());
            return new Phase.Recovering(
                    Reason.Resuming, true, Optional.of(new Phase.Search(Optional.of(found))), NOW);
        }

        private RestoreFrom from() {
            StatePointer pointer = any();
            named.add(pointer.path());
            return new RestoreFrom.State(pointer);
        }

        private StatePointer any() {
            return pointer(1 + random.nextInt(3), random.nextInt(6));
        }

        private void mark() {
            List<LedgerEntry> known = journal.states(KEY);
            if (!known.isEmpty()) {
                StatePointer one = known.get(random.nextInt(known.size())).pointer();
                Status status = Status.values()[random.nextInt(Status.values().length)];
                journal.mark(KEY, List.of(one), status, "at random", NOW);
            }
        }

        private int prune() {
            List<LedgerEntry> before = needed();
            long removed =
                    journal.prune(NOW.plus(Duration.ofDays(9999)), NOW.plus(Duration.ofDays(9999)));
            assertEquals(before, needed(), "seed " + seed);
            List<String> paths = journal.states(KEY).stream()
                    .map(entry -> entry.pointer().path())
                    .toList();
            List<String> lost = new ArrayList<>(named);
            lost.removeAll(paths);
            assertEquals(List.of(), lost, "seed " + seed);
            return (int) removed;
        }

        /** By what the walk itself knows of the record. */
        private List<LedgerEntry> needed() {
            return journal.states(KEY).stream()
                    .filter(entry -> entry.status() == Status.LIVE
                            || named.contains(entry.pointer().path()))
                    .toList();
        }
    }
}
