// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.job;
import static dev.sluice.reconcile.journal.Samples.pointer;
import static dev.sluice.reconcile.journal.Samples.rest;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Notes;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.LedgerEntry.Status;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second attempt of a job, started from the savepoint of the first. */
class LiveLineageTest {
    private static final StatePointer OLDER = pointer(1, 6);
    private static final StatePointer SAVEPOINT = pointer(1, 7);
    private static final StatePointer OWN = pointer(2, 8);
    private static final StatePointer NEWEST = pointer(2, 9);
    private static final JobId ID = JobId.of(KEY, 2);
    private static final RestoreFrom FROM = new RestoreFrom.State(SAVEPOINT);
    private static final Phase VERIFYING = new Phase.Verifying(ID, FROM, Optional.empty(), NOW);
    private static final Phase STABLE = new Phase.Stable(ID, NOW);

    @TempDir
    private Path directory;

    private Journal journal;
    private FencingToken token;

    @BeforeEach
    void open() {
        journal = Journal.open(directory);
        Leadership leading = journal.acquire("one", Duration.ofDays(1), NOW);
        token = ((Leadership.Leading) leading).token();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void aStartIsInProofSoItsSavepointIsLive() {
        store(VERIFYING, SAVEPOINT, OLDER);

        assertEquals(List.of("live 7", "kept 6"), standings());
    }

    @Test
    void aStableAttemptWithoutStateOfItsOwnWouldBeRestoredFromWhatItStartedFrom() {
        store(STABLE, SAVEPOINT, OLDER);

        assertEquals(List.of("live 7", "kept 6"), standings());
    }

    @Test
    void anAttemptInProofKeepsBothWaysOpen() {
        store(VERIFYING, OWN, SAVEPOINT, OLDER);

        assertEquals(List.of("live 8", "live 7", "kept 6"), standings());
    }

    @Test
    void aStableAttemptWithStateOfItsOwnHasConsumedItsSavepoint() {
        store(VERIFYING, SAVEPOINT, OLDER);
        store(STABLE, NEWEST, OWN, SAVEPOINT, OLDER);

        assertEquals(List.of("live 9", "kept 8", "consumed 7", "kept 6"), standings());
        assertEquals(
                "attempt 2 started from it and is stable",
                journal.states(KEY).get(2).cause());
    }

    @Test
    void whatWasConsumedIsLiveAgainWhenTheNextStartIsFromIt() {
        store(STABLE, NEWEST, OWN, SAVEPOINT, OLDER);
        store(new Phase.Stopped(FROM, NOW), NEWEST, OWN, SAVEPOINT, OLDER);

        assertEquals(List.of("live 9", "kept 8", "live 7", "kept 6"), standings());
    }

    @Test
    void aSuspendedJobResumesFromItsFinalSavepoint() {
        store(
                new Phase.Suspended(new RestoreFrom.State(NEWEST), NOW),
                NEWEST,
                OWN,
                SAVEPOINT,
                OLDER);

        assertEquals(List.of("live 9", "kept 8", "kept 7", "kept 6"), standings());
    }

    @Test
    void aProofOfAbsenceIsShownAsSuch() {
        store(STABLE, NEWEST, OWN, SAVEPOINT, OLDER);
        journal.mark(KEY, List.of(OWN), Status.GONE, "not on storage", NOW);

        assertEquals(List.of("live 9", "gone 8", "consumed 7", "kept 6"), standings());
    }

    @Test
    void aJobWithoutARecordHasNothingLive() {
        store(STABLE, NEWEST);

        LedgerEntry entry = journal.states(KEY).get(0);
        assertEquals(LiveLineage.Standing.KEPT, LiveLineage.of(Optional.empty()).standing(entry));
    }

    @Test
    void retentionRemovesWhatIsConsumedOnceNoRecordNamesItAndNothingThatIsLiveOrKept() {
        store(STABLE, NEWEST, OWN, SAVEPOINT, OLDER);
        journal.prune(NOW.plusSeconds(1), NOW.plusSeconds(1));
        assertEquals(List.of("live 9", "kept 8", "consumed 7", "kept 6"), standings());
        StatePointer last = pointer(3, 20);

        store(3, new RestoreFrom.State(NEWEST), new Phase.Stable(ID, NOW), last);
        journal.prune(NOW.plusSeconds(1), NOW.plusSeconds(1));

        assertEquals(List.of("live 20", "consumed 9", "kept 8", "kept 6"), standings());
    }

    @Test
    void retentionNeverRemovesLiveStateHoweverOldAndHoweverItIsMarked() {
        for (Phase phase : List.of(
                VERIFYING, STABLE, new Phase.Stopped(FROM, NOW), new Phase.Proving(FROM, NOW))) {
            store(phase, SAVEPOINT);
            journal.mark(KEY, List.of(SAVEPOINT), Status.CONSUMED, "by hand", NOW);

            journal.prune(NOW.plus(Duration.ofDays(9999)), NOW);

            assertEquals(List.of("live 7"), standings(), phase.word());
        }
    }

    @Test
    void manyCheckpointsLeaveOneThatIsLive() {
        List<StatePointer> lineage = new ArrayList<>();
        IntStream.range(0, 100).forEach(number -> {
            lineage.add(0, pointer(2, number));
            lineage.subList(Math.min(10, lineage.size()), lineage.size()).clear();
            store(STABLE, lineage.toArray(StatePointer[]::new));
        });

        assertEquals(
                1, standings().stream().filter(word -> word.startsWith("live")).count());
    }

    private void store(Phase phase, StatePointer... lineage) {
        store(2, FROM, phase, lineage);
    }

    private void store(int attempt, RestoreFrom from, Phase phase, StatePointer... lineage) {
        JobRecord record = new JobRecord(
                KEY,
                attempt,
                phase,
                Optional.of(job("SELECT 1")),
                Optional.of(from),
                Optional.empty(),
                List.of(lineage),
                Optional.of(NOW),
                List.of(),
                0,
                Notes.NONE);
        journal.store(token, List.of(rest(record, Reason.InSync)), COMMIT, NOW);
    }

    private List<String> standings() {
        LiveLineage lineage = LiveLineage.of(journal.job(KEY).map(StoredJob::record));
        return journal.states(KEY).stream()
                .map(entry -> lineage.standing(entry).name().toLowerCase(Locale.ROOT) + " "
                        + entry.pointer().checkpointId())
                .toList();
    }
}
