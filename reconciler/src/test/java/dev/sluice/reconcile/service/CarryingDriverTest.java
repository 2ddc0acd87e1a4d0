// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.drive.testing.InMemoryCluster;
import dev.sluice.drive.testing.InMemoryDriver;
import dev.sluice.reconcile.loop.ForwardingDriver;
import dev.sluice.reconcile.service.CarryingDriver.Sees;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Evidence;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A savepoint goes with its job to a cluster that cannot read where it lies. */
class CarryingDriverTest {
    private static final String ROOT = "hdfs://lake:8020/sluice";
    private static final String SAVEPOINT = ROOT + "/savepoints/repo/orders/1-plan-1/savepoint-a";
    private static final SampleJob JOB = new SampleJob(
            new JobKey("repo", "test", "shop", "orders"), "1.20", "INSERT INTO a SELECT 1", 1);

    @TempDir
    Path folder;

    private final List<StartRequest> starts = new ArrayList<>();
    private final List<StateFiles> lakes = new ArrayList<>();
    private CarryingDriver driver;

    @BeforeEach
    void open() {
        driver = driver(Sees.EVERYTHING);
    }

    private CarryingDriver driver(Sees sees) {
        return new CarryingDriver(
                new Noting(),
                new FolderFiles(folder.resolve("here")),
                sees,
                url -> lakes.stream().filter(lake -> lake.owns(url)).findFirst(),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void theCopyIsWholeBeforeTheJobIsStartedAndNamesWhereItCameFrom() throws IOException {
        savepoint();

        Outcome first = driver.start(start(StatePointer.Kind.SAVEPOINT));
        Outcome last = Settling.settle(() -> driver.start(start(StatePointer.Kind.SAVEPOINT)));

        assertEquals(Outcome.Waiting.class, first.getClass(), first::toString);
        assertEquals(Outcome.Done.class, last.getClass(), last::toString);
        assertEquals(1, starts.size());
        String copy = ((RestoreFrom.State) starts.get(0).from()).pointer().path();
        Path there = Path.of(copy.substring("file:".length()));
        assertEquals("state", Files.readString(there.resolve("part")));
        assertTrue(Files.exists(there.resolve("_metadata")));
        CarriedState state = new CarriedState(new FolderFiles(folder.resolve("here")));
        assertEquals(Optional.of(SAVEPOINT), state.origin(copy));
    }

    @Test
    void aCopyThatWasCutShortIsCompleted() throws IOException {
        savepoint();
        CarriedState state = new CarriedState(new FolderFiles(folder.resolve("here")));
        Path copy = folder.resolve("here").resolve(state.copy(SAVEPOINT).orElseThrow());
        Files.createDirectories(copy);
        Files.writeString(copy.resolve("part"), "sta");

        Settling.settle(() -> driver.start(start(StatePointer.Kind.SAVEPOINT)));

        assertEquals("state", Files.readString(copy.resolve("part")));
    }

    @Test
    void whereNobodyHasTheStateTheOldJobIsNotStopped() {
        StageRequest request = new StageRequest(
                JOB.effective().spec(),
                Optional.of(pointer(StatePointer.Kind.CHECKPOINT)),
                1,
                false);

        Outcome staged = driver.stage(request);
        Outcome started = driver.start(start(StatePointer.Kind.SAVEPOINT));

        assertTrue(((Outcome.Unknown) staged).cause().contains(SAVEPOINT), staged::toString);
        assertEquals(Outcome.Unknown.class, started.getClass(), started::toString);
        assertEquals(List.of(), starts);
    }

    @Test
    void aSavepointThatIsGoneIsMissingAndACheckpointStaysWhereItsFilesAre() throws IOException {
        lakes.add(new Lake());

        Outcome gone = Settling.settle(() -> driver.start(start(StatePointer.Kind.SAVEPOINT)));
        Outcome checkpoint = driver.start(start(StatePointer.Kind.CHECKPOINT));

        assertEquals(
                Optional.of(SAVEPOINT),
                Optional.ofNullable(((Outcome.Failed) gone).evidence().facts().get("missing")));
        assertFalse(((Outcome.Failed) checkpoint).retryable());
        assertEquals(List.of(), starts);
    }

    @Test
    void stateThatCanBeReadHereIsLeftWhereItIs() {
        CarriedState state = new CarriedState(new FolderFiles(folder.resolve("here")));

        assertTrue(state.isReadable("file:/elsewhere/savepoint-a"));
        assertEquals(Optional.empty(), state.origin("file:/elsewhere/savepoint-a"));
        assertEquals(Optional.empty(), state.copy("hdfs://lake/a/../b"));
        assertEquals(Optional.of("brought/file/-/a/b"), state.copy("file:/a/b"));
    }

    @Test
    void theFolderOfAnotherClusterIsNotTheSameInPods() throws IOException {
        lakes.add(new FolderFiles(folder.resolve("there")));
        Path savepoint = files(folder.resolve("there/savepoint-a"));
        Path lone = files(folder.resolve("lone/savepoint-a"));

        driver.start(start(savepoint));
        try (CarryingDriver pods = driver(Sees.ITS_STATE)) {
            Settling.settle(() -> pods.start(start(savepoint)));
            pods.start(start(lone));
        }

        List<String> from = starts.stream()
                .map(start -> ((RestoreFrom.State) start.from()).pointer().path())
                .toList();
        Path copy = folder.resolve("here/brought/file/-" + savepoint);
        assertEquals(List.of("file:" + savepoint, "file:" + copy, "file:" + lone), from);
        assertEquals(
                Files.getPosixFilePermissions(savepoint.resolve("part")),
                Files.getPosixFilePermissions(copy.resolve("part")));
    }

    private void savepoint() throws IOException {
        Lake lake = new Lake();
        files(folder.resolve("lake/savepoints/repo/orders/1-plan-1/savepoint-a"));
        lakes.add(lake);
    }

    private static Path files(Path there) throws IOException {
        Files.createDirectories(there);
        Files.writeString(there.resolve("part"), "state");
        byte[] metadata =
                ByteBuffer.allocate(24).putInt(0x4960672d).putInt(4).putLong(7).array();
        return Files.write(there.resolve("_metadata"), metadata).getParent();
    }

    private static StartRequest start(Path savepoint) {
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        return Requests.start(
                JOB,
                2,
                new RestoreFrom.State(new StatePointer(
                        StatePointer.Kind.SAVEPOINT,
                        "file:" + savepoint,
                        JobId.of(JOB.key(), 1),
                        1,
                        7,
                        at,
                        "1.20")));
    }

    private static StartRequest start(StatePointer.Kind kind) {
        return Requests.start(JOB, 2, new RestoreFrom.State(pointer(kind)));
    }

    private static StatePointer pointer(StatePointer.Kind kind) {
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        return new StatePointer(kind, SAVEPOINT, JobId.of(JOB.key(), 1), 1, 7, at, "1.20");
    }

    /** Notes what it is asked to start. */
    private final class Noting extends ForwardingDriver {
        Noting() {
            super(new InMemoryDriver(
                    "main",
                    List.of("1.20"),
                    new InMemoryCluster(Clock.systemUTC()),
                    Clock.systemUTC()));
        }

        @Override
        public Outcome start(StartRequest request) {
            starts.add(request);
            return new Outcome.Done(Evidence.NONE);
        }
    }

    /** A folder under another name. */
    private final class Lake implements StateFiles {
        private final StateFiles files = new FolderFiles(folder.resolve("lake"));

        @Override
        public String url(String path) {
            return ROOT + "/" + path;
        }

        @Override
        public Optional<String> path(String url) {
            return owns(url) ? Optional.of(url.substring(ROOT.length() + 1)) : Optional.empty();
        }

        @Override
        public boolean owns(String url) {
            return url.startsWith(ROOT + "/");
        }

        @Override
        public List<String> children(String path) throws IOException {
            return files.children(path);
        }

        @Override
        public Optional<Head> head(String file, int bytes) throws IOException {
            return files.head(file, bytes);
        }

        @Override
        public boolean create(String file, byte[] content) throws IOException {
            return files.create(file, content);
        }

        @Override
        public SortedMap<String, Long> lengths(String path) throws IOException {
            return files.lengths(path);
        }

        @Override
        public void fetch(String file, Path to) throws IOException {
            files.fetch(file, to);
        }

        @Override
        public void put(Path from, String file) throws IOException {
            files.put(from, file);
        }
    }
}
