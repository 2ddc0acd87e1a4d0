// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Desired;
import dev.sluice.plan.Hold;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.Samples;
import dev.sluice.reconcile.loop.Board.JobNotice;
import dev.sluice.spec.observed.Observed;
import dev.sluice.web.view.FleetRow;
import dev.sluice.web.view.StatusWords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FleetRowsTest {
    private static final Instant NOW = Samples.NOW;
    private static final Observed LISTED = new Observed.NotListed(NOW, List.of());
    private static final Phase STABLE = new Phase.Stable(Samples.ID, NOW);

    static Stream<Phase> phases() {
        return Stream.of(
                new Phase.Absent(),
                new Phase.Staging(Samples.job("INSERT INTO a SELECT 1 FROM b"), STABLE, NOW),
                Samples.stopping(),
                new Phase.Cancelling(Samples.from(1), NOW),
                new Phase.Recovering(Reason.Recovering, false, Optional.empty(), NOW),
                new Phase.Proving(Samples.from(1), NOW),
                new Phase.Stopped(Samples.from(1), NOW),
                new Phase.Starting(Samples.ID, Samples.from(1), NOW),
                new Phase.Verifying(Samples.ID, Samples.from(1), Optional.empty(), NOW),
                STABLE,
                new Phase.Suspended(Samples.from(1), NOW),
                new Phase.Finished(Samples.ID, NOW),
                new Phase.Blocked(
                        Reason.CrashLoop, "text", "advice", STABLE, Optional.empty(), NOW));
    }

    @ParameterizedTest
    @MethodSource("phases")
    void aRowSaysTheWordsOfItsPhaseAndSinceWhen(Phase phase) {
        FleetRow.Status status = FleetRows.of(notice(phase, LISTED)).status();

        assertEquals(StatusWords.of(phase).sync(), status.sync());
        assertEquals(StatusWords.of(phase).health(), status.health());
        assertEquals(phase.word(), status.phase());
        assertEquals(NOW, status.since());
    }

    @ParameterizedTest
    @MethodSource("phases")
    void aJobOfAClusterOutOfReachIsUnknownInAnyPhase(Phase phase) {
        FleetRow.Status status =
                FleetRows.of(notice(phase, new Observed.Unknown(NOW, "gone"))).status();

        assertEquals("Unknown", status.sync().word());
        assertEquals("Unknown", status.health().word());
    }

    @Test
    void aHeldJobIsOutOfSyncThoughHealthy() {
        JobNotice held = new JobNotice(
                Samples.record(STABLE),
                Optional.empty(),
                LISTED,
                List.of(new Hold(Reason.WaitingForWindow, "until ten")),
                Reason.WaitingForWindow);

        FleetRow.Status status = FleetRows.of(held).status();

        assertEquals("OutOfSync", status.sync().word());
        assertEquals("Healthy", status.health().word());
    }

    @Test
    void aJobThatBreaksAHealthRuleIsDegradedThoughSynced() {
        JobNotice unhealthy = new JobNotice(
                Samples.record(STABLE),
                Optional.empty(),
                LISTED,
                List.of(),
                Reason.InSync,
                List.of("6 restarts within 10m; health.restarts allows 5"),
                Optional.empty(),
                Optional.empty());

        FleetRow row = FleetRows.of(unhealthy);

        assertEquals("Synced", row.status().sync().word());
        assertEquals("Degraded", row.status().health().word());
        assertEquals(Reason.Unhealthy, row.status().reason());
        assertEquals(
                "6 restarts within 10m; health.restarts allows 5",
                row.holds().get(0).text());
    }

    @Test
    void aRemovedJobIsARowUntilItHoldsNothing() {
        Optional<Desired> removed = Optional.of(new Desired.Removed(Samples.COMMIT));

        assertTrue(FleetRows.isShown(notice(Samples.record(Samples.stopping()), removed)));
        assertFalse(FleetRows.isShown(notice(Samples.record(new Phase.Absent()), removed)));
    }

    @Test
    void aWantedJobIsARowBeforeItEverRan() {
        Optional<Desired> wanted = Optional.of(new Desired.Specified(
                Samples.COMMIT, Samples.job("INSERT INTO a SELECT 1 FROM b")));

        JobNotice notice = notice(JobRecord.fresh(Samples.KEY), wanted);

        assertTrue(FleetRows.isShown(notice));
        assertEquals(Optional.empty(), FleetRows.of(notice).attempt().id());
        assertEquals(
                Optional.of(Samples.COMMIT), FleetRows.of(notice).revision().desired());
    }

    @Test
    void aLinkIsFilledWithWhatTheAttemptIs() {
        String filled = LinkText.fill(
                "https://x.example.com/{team}/{job}/{jobId}?c={commit}&e={environment}",
                Samples.record(STABLE));

        assertEquals(
                "https://x.example.com/payments/orders/" + Samples.ID.hex() + "?c=&e=test", filled);
    }

    @Test
    void aLinkOfAJobThatNeverRanHasNoJobId() {
        assertEquals("/orders//", LinkText.fill("/{job}/{jobId}/", JobRecord.fresh(Samples.KEY)));
    }

    private static JobNotice notice(Phase phase, Observed observed) {
        return new JobNotice(
                Samples.record(phase), Optional.empty(), observed, List.of(), Reason.InSync);
    }

    private static JobNotice notice(JobRecord record, Optional<Desired> wanted) {
        return new JobNotice(record, wanted, LISTED, List.of(), Reason.InSync);
    }
}
