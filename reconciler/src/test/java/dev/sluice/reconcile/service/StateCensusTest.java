// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Notes;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Leadership;
import dev.sluice.reconcile.journal.LedgerEntry.Status;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.spec.JobId;
import dev.sluice.spec.SavepointDirectory;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import dev.sluice.spec.observed.StatePointer.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State disappears from storage, or only seems to. */
class StateCensusTest {
    private static final int MAGIC = 0x4960672d;

    @TempDir
    private Path folder;

    private Journal journal;
    private StatePointer savepoint;
    private StatePointer older;
    private StatePointer newest;

    /** A stable second attempt with two checkpoints, started from the savepoint of the first. */
    @BeforeEach
    void run() throws IOException {
        journal = Journal.open(folder.resolve("data"));
        String stop = "savepoints/" + SavepointDirectory.of(KEY, 1, "p1", 1) + "/savepoint-1a";
        savepoint = state(Kind.SAVEPOINT, stop, 1, 5);
        older = state(Kind.CHECKPOINT, checkpoint(6), 2, 6);
        newest = state(Kind.CHECKPOINT, checkpoint(7), 2, 7);
        store(List.of(newest, older, savepoint));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void whatIsThereStaysAsItIs() {
        assertEquals(0, take());
        assertEquals(List.of(Status.LIVE, Status.LIVE, Status.CONSUMED), statuses());
    }

    @Test
    void whatIsMissingBesideNewerStateIsGone() throws IOException {
        delete(older);
        delete(savepoint);

        assertEquals(2, take());
        assertEquals(0, take());
        assertEquals(List.of(Status.LIVE, Status.GONE, Status.GONE), statuses());
        assertEquals(
                "not on storage, where newer state is",
                journal.states(KEY).get(1).cause());
    }

    @Test
    void aMountThatIsMissingProvesNothing() throws IOException {
        Files.move(folder.resolve("state"), folder.resolve("unmounted"));

        assertEquals(0, take());

        Files.createDirectories(folder.resolve("state"));
        assertEquals(0, take());
        assertEquals(List.of(Status.LIVE, Status.LIVE, Status.CONSUMED), statuses());
    }

    @Test
    void theNewestStateIsNeverTakenForGone() throws IOException {
        delete(newest);

        assertEquals(0, take());
        assertEquals(Status.LIVE, statuses().get(0));
    }

    @Test
    void newerStateThatIsNotCompleteBearsNoWitness() throws IOException {
        Files.writeString(local(newest).resolve("_metadata"), "half");
        delete(older);

        assertEquals(0, take());
    }

    @Test
    void stateInAnotherStateDirectoryBearsNoWitness() throws IOException {
        StatePointer moved = pointer(Kind.CHECKPOINT, "file:/elsewhere/" + checkpoint(3), 2, 3);
        StatePointer remote = pointer(Kind.CHECKPOINT, "s3://bucket/" + checkpoint(2), 2, 2);
        store(List.of(newest, moved, remote));

        assertEquals(0, take());
    }

    @Test
    void whatTheNextRestoreUsesIsNeverMarkedAlthoughNewerStateIsThere() throws IOException {
        delete(older);
        JobRecord record = record(List.of(newest, older, savepoint));
        keep(record.in(new Phase.Stopped(new RestoreFrom.State(older), NOW)));

        assertEquals(0, take());
    }

    @Test
    void whatIsGoneIsRemovedByRetentionOnceTheRecordHasForgottenIt() throws IOException {
        delete(older);
        store(List.of(newest));
        take();
        StatePointer last = state(Kind.CHECKPOINT, checkpoint(8), 2, 8);
        store(List.of(last, newest));

        journal.prune(NOW.plus(Duration.ofDays(2)), NOW);

        assertEquals(
                List.of(last, newest, savepoint),
                journal.states(KEY).stream().map(entry -> entry.pointer()).toList());
    }

    private int take() {
        return new StateCensus(journal).take(NOW);
    }

    private List<Status> statuses() {
        return journal.states(KEY).stream().map(entry -> entry.status()).toList();
    }

    private void store(List<StatePointer> lineage) {
        keep(record(lineage));
    }

    private void keep(JobRecord record) {
        Leadership leading = journal.acquire("one", Duration.ofDays(1), NOW);
        FencingToken token = ((Leadership.Leading) leading).token();
        journal.store(token, List.of(Samples.rest(record, Reason.InSync)), COMMIT, NOW);
    }

    private JobRecord record(List<StatePointer> lineage) {
        return new JobRecord(
                KEY,
                2,
                new Phase.Stable(JobId.of(KEY, 2), NOW),
                Optional.of(Samples.job("SELECT 1")),
                Optional.of(new RestoreFrom.State(savepoint)),
                Optional.empty(),
                lineage,
                Optional.of(NOW),
                List.of(),
                0,
                Notes.NONE);
    }

    private static String checkpoint(int number) {
        return "checkpoints/" + JobId.of(KEY, 2).hex() + "/chk-" + number;
    }

    private StatePointer state(Kind kind, String path, int attempt, long id) throws IOException {
        Path state = Files.createDirectories(folder.resolve("state").resolve(path));
        byte[] head =
                ByteBuffer.allocate(24).putInt(MAGIC).putInt(4).putLong(id).array();
        Files.write(state.resolve("_metadata"), head);
        return pointer(kind, "file:" + state, attempt, id);
    }

    private static StatePointer pointer(Kind kind, String path, int attempt, long id) {
        return new StatePointer(kind, path, JobId.of(KEY, attempt), attempt, id, NOW, "1.20");
    }

    private static void delete(StatePointer pointer) throws IOException {
        Files.delete(local(pointer).resolve("_metadata"));
        Files.delete(local(pointer));
    }

    private static Path local(StatePointer pointer) {
        return Path.of(pointer.path().substring("file:".length()));
    }
}
