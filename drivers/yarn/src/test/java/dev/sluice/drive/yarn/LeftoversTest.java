// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.OwnerMark;
import dev.sluice.drive.contract.HandClock;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.FolderFiles;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters whose jobs ended by themselves do not stay, and are not anybody's to end. */
class LeftoversTest {
    private static final String MASTER = "application_1_0007";
    private static final JobKey KEY = new JobKey("repo", "test", "shop", "orders");
    private static final JobId ID = JobId.of(KEY, 3);

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock();
    private ToyYarn yarn;
    private Leftovers leftovers;
    private Watching watching;

    @BeforeEach
    void open() throws IOException {
        yarn = new ToyYarn();
        leftovers = new Leftovers(yarn, new Ready(folder), clock);
        watching = new Watching(
                new Reports(List.of(yarn.address())),
                new JobManagers(new FileStateStorage(new FolderFiles(folder)), clock),
                leftovers,
                new MasterLogs(folder),
                clock);
        List<String> tags = new ArrayList<>(Tags.all(KEY, 3, ID, new CommitId("0".repeat(40))));
        tags.add(Tags.version("1.20"));
        yarn.put(MASTER, "RUNNING", String.join(",", tags));
    }

    @AfterEach
    void close() {
        watching.close();
        yarn.close();
    }

    @Test
    void theMasterOfAFinishedJobIsEndedAfterAWhileAndTheJobStaysFinished() throws Exception {
        leftovers.own(mark("test"));
        yarn.job(ID.hex(), "FINISHED");

        look();
        clock.pass(Duration.ofMinutes(1));
        look();
        String early = yarn.state(MASTER);
        clock.pass(Duration.ofMinutes(3));
        look();

        assertEquals("RUNNING", early);
        Settling.until(Duration.ofMinutes(1), () -> yarn.state(MASTER), "KILLED"::equals);
        assertEquals(JobStatus.FINISHED, look());
    }

    @Test
    void aMasterOfAnotherEnvironmentOrOfAJobThatRunsIsLeftAlone() throws Exception {
        leftovers.own(mark("production"));
        yarn.job(ID.hex(), "FINISHED");
        look();
        clock.pass(Duration.ofHours(1));
        look();

        leftovers.own(mark("test"));
        yarn.job(ID.hex(), "RUNNING");
        look();
        clock.pass(Duration.ofHours(1));
        look();
        leftovers.close();

        assertEquals("RUNNING", yarn.state(MASTER));
    }

    @Test
    void anApplicationThatAPersonKilledIsACancelledJob() throws Exception {
        yarn.kill(new Ready(folder).home("1.20"), MASTER, "because I can");

        assertEquals(JobStatus.CANCELED, look());
    }

    private JobStatus look() throws IOException {
        return watching.look(Map.of()).jobs().get(0).status();
    }

    private OwnerMark mark(String environment) {
        return new OwnerMark("repo", environment, "journal", "here", clock.instant());
    }
}
