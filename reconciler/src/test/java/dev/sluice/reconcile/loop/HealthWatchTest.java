// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobDetail;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.LiveJob;
import dev.sluice.spec.observed.Observed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of the sample job: a checkpoint every ten minutes, fewer than three failed ones in a row. */
class HealthWatchTest {
    private static final Instant NOW = Samples.NOW;

    @TempDir
    Path folder;

    private Journal journal;
    private HealthWatch watch;

    @BeforeEach
    void open() {
        journal = Journal.open(folder);
        watch = new HealthWatch(journal.facts());
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void aStableJobThatBreaksNoRuleGivesNoComplaint() {
        Desk desk = stable();
        see(desk, NOW, 5, 0);

        assertEquals(List.of(), watch.of(desk));
        assertEquals("", kept());
    }

    @Test
    void aBrokenRuleIsToldAndKeptForCommandsWithoutAController() {
        Desk desk = stable();
        see(desk, NOW, 5, 0);
        watch.of(desk);

        see(desk, NOW.plusSeconds(30), 5, 3);
        List<String> complaints = watch.of(desk);

        assertEquals(1, complaints.size());
        assertTrue(
                complaints.get(0).startsWith("at least 3 checkpoints failed"),
                complaints::toString);
        assertEquals(complaints, HealthWatch.remembered(journal.facts()).of(desk));
    }

    @Test
    void aComplaintIsTakenBackWhenTheJobIsWellAgain() {
        Desk desk = stable();
        see(desk, NOW, 5, 0);
        watch.of(desk);
        see(desk, NOW.plusSeconds(30), 5, 3);
        watch.of(desk);

        see(desk, NOW.plusSeconds(60), 6, 3);

        assertEquals(List.of(), watch.of(desk));
        assertEquals("", kept());
    }

    /** A look from afar tells nothing of checkpoints; what was found closely stays in force. */
    @Test
    void aLookWithoutDetailsChangesNoComplaint() {
        Desk desk = stable();
        see(desk, NOW, 5, 0);
        watch.of(desk);
        see(desk, NOW.plusSeconds(30), 5, 3);
        List<String> before = watch.of(desk);

        desk.see(present(NOW.plusSeconds(40), JobId.of(Samples.KEY, 1), Optional.empty()));

        assertEquals(before, watch.of(desk));
    }

    @Test
    void afterARestartTheLastComplaintStandsUntilTheFirstCloseLook() {
        Desk desk = stable();
        see(desk, NOW, 5, 0);
        watch.of(desk);
        see(desk, NOW.plusSeconds(30), 5, 3);
        List<String> before = watch.of(desk);

        HealthWatch next = new HealthWatch(journal.facts());
        Desk fresh = stable();

        assertEquals(before, next.of(fresh));
        see(fresh, NOW.plusSeconds(60), 6, 3);
        assertEquals(List.of(), next.of(fresh));
    }

    @Test
    void aJobOnItsWayIsNotJudged() {
        Desk desk = desk(new Phase.Verifying(
                JobId.of(Samples.KEY, 1), Samples.from(3), Optional.empty(), NOW));
        see(desk, NOW, 0, 0);
        see(desk, NOW.plus(Duration.ofHours(1)), 0, 9);

        assertEquals(List.of(), watch.of(desk));
    }

    /** A journal was lost: the job runs, and nobody remembers an attempt. */
    @Test
    void aJobWithoutAnyAttemptThatIsSeenAllTheSameIsNotJudged() {
        Desk desk = Desk.fresh(Samples.KEY, NOW);
        see(desk, NOW, 5, 9);

        assertEquals(List.of(), watch.of(desk));
    }

    private static Desk stable() {
        return desk(new Phase.Stable(JobId.of(Samples.KEY, 1), NOW));
    }

    private static Desk desk(Phase phase) {
        JobRecord record = Samples.record(phase);
        StoredJob shown = new StoredJob(record, Reason.Stable, List.of(), Samples.COMMIT, NOW);
        Desk desk = Desk.remembered(record, shown, NOW);
        desk.want(record.deployed().orElseThrow());
        return desk;
    }

    private static void see(Desk desk, Instant at, long completed, long failed) {
        JobDetail detail = new JobDetail(
                Optional.empty(),
                Optional.empty(),
                completed,
                failed,
                0,
                true,
                0,
                Optional.empty());
        desk.see(present(at, JobId.of(Samples.KEY, 1), Optional.of(detail)));
    }

    private static Observed present(Instant at, JobId id, Optional<JobDetail> detail) {
        LiveJob job = new LiveJob(
                id, "orders", JobStatus.RUNNING, NOW, 4, "1.20", Optional.empty(), detail);
        return new Observed.Present(at, List.of(job));
    }

    private String kept() {
        return String.join("", journal.facts().all("health/").values());
    }
}
