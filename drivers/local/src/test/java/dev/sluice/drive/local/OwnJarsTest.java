// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.FileDigest;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.ArtifactFiles.Fetched;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.contract.HandClock;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.session.JarProgram;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars of an attempt in application mode, and the files of the cache that they were. */
class OwnJarsTest {
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final JobId JOB = JobId.of(KEY, 1);

    @TempDir
    Path folder;

    private Path kept;
    private Path entry;
    private ClusterFolder attempt;
    private JarProgram program;

    @BeforeEach
    void check() throws IOException {
        kept = Files.writeString(folder.resolve("orders.jar"), "as it was checked");
        entry = Files.writeString(folder.resolve("flink-container.jar"), "with the entry point");
        attempt = new ClusterFolder(folder.resolve("applications").resolve(JOB.hex()));
        Fetched jar = ArtifactFiles.own(kept);
        program = new JarProgram(
                List.of(jar, jar), ArtifactFiles.own(entry), "Main", List.of(), new TreeMap<>());
    }

    @Test
    void whatIsWrittenToTheOneIsNotSeenInTheOther() throws IOException {
        Path own = attempt.bring(program);
        Path first = attempt.path().resolve("usrlib/0-orders.jar");

        Files.writeString(kept, "changed");
        Files.delete(entry);
        Files.writeString(attempt.path().resolve("usrlib/1-orders.jar"), "changed too");

        assertEquals("as it was checked", Files.readString(first));
        assertEquals("with the entry point", Files.readString(own));
        assertEquals("changed", Files.readString(kept));
        assertTrue(own.startsWith(attempt.path()), own::toString);
        attempt.clear();
        assertTrue(attempt.isCleared());
        assertFalse(Files.exists(own));
    }

    @Test
    void aJarThatHasChangedSinceItWasCheckedLaunchesNothingAndEndsNoAttempt() throws IOException {
        Files.writeString(kept, "as it was chucked");

        IOException changed = assertThrows(FileDigest.Changed.class, this::start);

        assertTrue(changed.getMessage().contains("changed since it was"), changed::getMessage);
        assertFalse(attempt.application().isThere());
        assertTrue(attempt.isCleared());
        assertEquals(List.of(), FlinkProcess.all(attempt.path()));
    }

    @Test
    void jarsThatAnEarlierStartLeftAreNotOnTheClassPath() throws IOException {
        Path left = Files.createDirectories(attempt.path().resolve("usrlib")).resolve("7-old.jar");
        Files.writeString(left, "of an earlier commit");

        attempt.bring(program);

        assertFalse(Files.exists(left));
    }

    private Outcome start() throws IOException {
        LocalOptions options = LocalOptions.of("local", folder, WorkerSettings.of(folder, folder));
        SampleJob job = new SampleJob(KEY, "1.20", "unused", 1, FlinkTarget.Mode.APPLICATION);
        FlinkHome home = new FlinkHome(EmptyHome.in(folder, "1.20"), folder);
        return new Application(JOB, attempt.path(), options, FreePorts.ofSystem(), new HandClock())
                .start(new ApplicationPlan(
                        Requests.start(job, 1, new RestoreFrom.Empty("first start")),
                        home,
                        program));
    }
}
