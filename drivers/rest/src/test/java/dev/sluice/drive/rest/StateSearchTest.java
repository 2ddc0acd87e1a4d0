// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.drive.DiscoverRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.SavepointDirectory;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last links of the chain: savepoints by listing directories, then retained checkpoints. */
class StateSearchTest {
    private static final JobKey KEY = new JobKey("shop", "test", "payments", "orders");
    private static final int MAGIC = 0x4960672d;

    @TempDir
    private Path folder;

    @Test
    void savepointsOfEveryTryAndRetainedCheckpointsAreFoundNewestFirst() throws IOException {
        state("savepoints/" + SavepointDirectory.of(KEY, 1, "p1", 1) + "/savepoint-a", 7);
        state("savepoints/" + SavepointDirectory.of(KEY, 2, "p2", 3) + "/savepoint-b", 4);
        state("checkpoints/" + JobId.of(KEY, 2).hex() + "/chk-9", 9);
        state("checkpoints/" + JobId.of(KEY, 1).hex() + "/chk-8", 8);

        List<String> found = find(2).stream()
                .map(pointer -> pointer.attempt() + ":" + pointer.checkpointId())
                .toList();

        assertEquals(List.of("2:9", "2:4", "1:8", "1:7"), found);
    }

    @Test
    void whichFlinkWroteTheStateIsNotClaimed() throws IOException {
        state("checkpoints/" + JobId.of(KEY, 1).hex() + "/chk-8", 8);

        assertEquals(
                List.of(StatePointer.UNKNOWN_VERSION),
                find(1).stream().map(StatePointer::flinkVersion).toList());
    }

    @Test
    void attemptsThatWereNeverMadeAndStateThatIsNotCompleteAreLeftOut() throws IOException {
        state("checkpoints/" + JobId.of(KEY, 3).hex() + "/chk-8", 8);
        Files.createDirectories(folder.resolve("checkpoints/" + JobId.of(KEY, 1).hex() + "/chk-1"));
        Files.createDirectories(folder.resolve(
                "savepoints/" + SavepointDirectory.of(KEY, 1, "p1", 1) + "/savepoint-half"));

        assertEquals(List.of(), find(2));
    }

    @Test
    void aFileInThePlaceOfADirectoryHoldsNoStateAndHidesNone() throws IOException {
        Path blocked = folder.resolve("savepoints/" + SavepointDirectory.of(KEY, 1, "p1", 1));
        state("savepoints/" + SavepointDirectory.of(KEY, 1, "p1", 2) + "/savepoint-a", 7);
        Files.writeString(blocked, "in the way");

        assertEquals(
                List.of(7L), find(1).stream().map(StatePointer::checkpointId).toList());
    }

    @Test
    void aFileInThePlaceOfAllStateIsNoAbsence() throws IOException {
        Files.writeString(folder.resolve("savepoints"), "in the way");

        assertThrows(IOException.class, () -> find(1));
    }

    @Test
    void stateOfAnAdoptedJobIsThatOfAttemptZero() throws IOException {
        JobId adopted = new JobId("a".repeat(32));
        state("checkpoints/" + adopted.hex() + "/chk-5", 5);
        state("savepoints/" + SavepointDirectory.of(KEY, 0, "p1", 1) + "/savepoint-a", 6);

        List<StatePointer> found = new StateSearch(new FileStateStorage(new FolderFiles(folder)))
                .find(new DiscoverRequest(KEY, 0, Optional.of(adopted), "1.20"));

        assertEquals(
                List.of(6L, 5L), found.stream().map(StatePointer::checkpointId).toList());
        assertEquals(
                List.of(adopted, adopted), found.stream().map(StatePointer::job).toList());
        assertEquals(List.of(), find(0));
    }

    @Test
    void aFirstSearchFindsWhatALostJournalKnewHoweverManyAttemptsThereWere() throws IOException {
        state("savepoints/" + SavepointDirectory.of(KEY, 40, "p1", 1) + "/savepoint-a", 7);
        state("checkpoints/" + JobId.of(KEY, 41).hex() + "/chk-8", 8);

        List<Integer> found = find(0).stream().map(StatePointer::attempt).toList();

        assertEquals(List.of(41, 40), found);
        assertEquals(List.of(), find(39));
    }

    private List<StatePointer> find(int newest) throws IOException {
        return new StateSearch(new FileStateStorage(new FolderFiles(folder)))
                .find(new DiscoverRequest(KEY, newest, Optional.empty(), "1.20"));
    }

    private void state(String path, long checkpoint) throws IOException {
        Path state = Files.createDirectories(folder.resolve(path));
        byte[] head = ByteBuffer.allocate(24)
                .putInt(MAGIC)
                .putInt(4)
                .putLong(checkpoint)
                .putLong(0)
                .array();
        Files.write(state.resolve("_metadata"), head);
    }
}
