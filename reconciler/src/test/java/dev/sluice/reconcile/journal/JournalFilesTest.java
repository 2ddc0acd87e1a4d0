// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import static dev.sluice.reconcile.journal.Samples.COMMIT;
import static dev.sluice.reconcile.journal.Samples.ID;
import static dev.sluice.reconcile.journal.Samples.KEY;
import static dev.sluice.reconcile.journal.Samples.NOW;
import static dev.sluice.reconcile.journal.Samples.record;
import static dev.sluice.reconcile.journal.Samples.rest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.JournalException.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFilesTest {
    private static final JobRecord STABLE = record(new Phase.Stable(ID, NOW));

    @TempDir
    private Path directory;

    @Test
    void everyFileIsForItsOwnerAlone() throws IOException {
        try (Journal journal = Journal.open(directory)) {
            store(journal);
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    String mode =
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                    String owner = Files.isDirectory(file) ? "rwx------" : "rw-------";
                    assertEquals(owner, mode, file::toString);
                }
            }
        }
    }

    @Test
    void aDamagedFileIsRefusedWithTheNextStepAndLeftAsItIs() throws IOException {
        try (Journal journal = Journal.open(directory)) {
            store(journal);
        }
        Path file = directory.resolve("journal.db");
        damage(file);
        byte[] damaged = Files.readAllBytes(file);

        JournalException refused = refusal();

        assertEquals(Problem.CORRUPT, refused.problem());
        assertTrue(refused.getMessage().contains("restore the newest backup"), refused::getMessage);
        assertEquals(-1, java.util.Arrays.mismatch(damaged, Files.readAllBytes(file)));
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws IOException {
        Files.writeString(directory.resolve("journal.db"), "not a database ".repeat(100));

        assertEquals(Problem.CORRUPT, refusal().problem());
    }

    @Test
    void aDeletedJournalIsNotReplacedByAnEmptyOne() throws IOException {
        Journal.open(directory).close();
        Files.delete(directory.resolve("journal.db"));

        JournalException refused = refusal();

        assertEquals(Problem.CORRUPT, refused.problem());
        assertTrue(refused.getMessage().contains("journal.id"), refused::getMessage);
        assertFalse(Files.exists(directory.resolve("journal.db")));
    }

    @Test
    void anEmptiedJournalIsNotTakenForANewOne() throws IOException {
        Journal.open(directory).close();
        Files.write(directory.resolve("journal.db"), new byte[0]);

        JournalException refused = refusal();

        assertEquals(Problem.CORRUPT, refused.problem());
        assertTrue(refused.getMessage().contains("an empty file"), refused::getMessage);
        assertEquals(Problem.CORRUPT, refusal().problem());
    }

    @Test
    void theJournalOfAnotherDirectoryIsRefused(@TempDir Path elsewhere) throws IOException {
        Journal.open(directory).close();
        Journal.open(elsewhere).close();
        Files.copy(
                elsewhere.resolve("journal.db"),
                directory.resolve("journal.db"),
                StandardCopyOption.REPLACE_EXISTING);

        assertEquals(Problem.CORRUPT, refusal().problem());
    }

    @Test
    void aJournalOfANewerSluiceIsRefused() throws SQLException {
        Journal.open(directory).close();
        run("PRAGMA user_version = 99");

        assertEquals(Problem.NEWER, refusal().problem());
    }

    @Test
    void aPathThatTheDriverWouldReadOptionsFromIsRefused() {
        Path tricky = directory.resolve("data?synchronous=OFF");

        assertThrows(JournalException.class, () -> Journal.open(tricky));
    }

    @Test
    void aBackupIsAJournalByItself(@TempDir Path elsewhere) throws IOException {
        try (Journal journal = Journal.open(directory)) {
            store(journal);
            journal.backup(elsewhere.resolve("journal.db"));
        }

        try (Journal restored = Journal.open(elsewhere)) {
            assertEquals(STABLE, restored.record(KEY));
            assertTrue(restored.verifyChain() instanceof ChainCheck.Intact);
        }
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(elsewhere.resolve("journal.db"))));
    }

    @Test
    void aBackupNeverOverwritesAFile() throws IOException {
        Path target = Files.writeString(directory.resolve("precious"), "x");
        try (Journal journal = Journal.open(directory)) {
            assertThrows(JournalException.class, () -> journal.backup(target));
        }

        assertEquals("x", Files.readString(target));
    }

    @Test
    void aJournalCanBeLookedAtBesideItsControllerAndAfterIt() {
        try (Journal journal = Journal.open(directory)) {
            store(journal);
            assertEquals(STABLE, seen());
        }

        assertEquals(STABLE, seen());
    }

    @Test
    void whoeverLooksChangesNothing() {
        assertThrows(JournalException.class, () -> Journal.view(directory));
        assertFalse(Files.exists(directory.resolve("journal.db")));
        Journal.open(directory).close();

        try (Journal view = Journal.view(directory)) {
            assertThrows(
                    IllegalStateException.class,
                    () -> view.acquire("two", Duration.ofMinutes(1), NOW));
        }
    }

    private JobRecord seen() {
        try (Journal view = Journal.view(directory)) {
            return view.record(KEY);
        }
    }

    private JournalException refusal() {
        return assertThrows(JournalException.class, () -> Journal.open(directory));
    }

    private void store(Journal journal) {
        Leadership leading = journal.acquire("one", Duration.ofMinutes(1), NOW);
        FencingToken token = ((Leadership.Leading) leading).token();
        journal.store(token, List.of(rest(STABLE, Reason.InSync)), COMMIT, NOW);
    }

    private static void damage(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long page = 2; page < bytes.length() / 4096; page++) {
                bytes.seek(page * 4096);
                bytes.write(new byte[64]);
            }
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.resolve("journal.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
