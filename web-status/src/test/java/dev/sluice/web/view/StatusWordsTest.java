// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.RestoreFrom;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusWordsTest {
    private static final JobId ID = new JobId("a".repeat(32));

    @Test
    void aJobOnItsWayIsOutOfSyncAndProgressing() {
        StatusWords way = new StatusWords(Sync.OUT_OF_SYNC, Health.PROGRESSING);
        RestoreFrom nothing = new RestoreFrom.Empty("first start");

        assertEquals(way, StatusWords.of(new Phase.Stopped(nothing, SampleJobs.NOW)));
        assertEquals(way, StatusWords.of(new Phase.Proving(nothing, SampleJobs.NOW)));
        assertEquals(way, StatusWords.of(new Phase.Starting(ID, nothing, SampleJobs.NOW)));
    }

    @Test
    void aJobThatEndedByItselfIsDegradedUntilItIsRecovered() {
        Phase recovering =
                new Phase.Recovering(Reason.Recovering, false, Optional.empty(), SampleJobs.NOW);

        assertEquals(
                new StatusWords(Sync.OUT_OF_SYNC, Health.DEGRADED), StatusWords.of(recovering));
    }

    @Test
    void aSuspendedJobIsWhatTheCommitSays() {
        Phase suspended = new Phase.Suspended(new RestoreFrom.Empty("no state"), SampleJobs.NOW);

        assertEquals(new StatusWords(Sync.SYNCED, Health.SUSPENDED), StatusWords.of(suspended));
    }

    @Test
    void aStableJobIsSyncedAndHealthyUntilItDriftsOrBreaksARule() {
        StatusWords stable = StatusWords.of(new Phase.Stable(ID, SampleJobs.NOW));

        assertEquals(new StatusWords(Sync.SYNCED, Health.HEALTHY), stable);
        assertEquals(new StatusWords(Sync.OUT_OF_SYNC, Health.HEALTHY), stable.drifted());
        assertEquals(new StatusWords(Sync.SYNCED, Health.DEGRADED), stable.unhealthy());
    }

    @Test
    void aMissingJobStaysMissingWhenARuleIsBroken() {
        StatusWords absent = StatusWords.of(new Phase.Absent());

        assertEquals(new StatusWords(Sync.OUT_OF_SYNC, Health.MISSING), absent);
        assertEquals(absent, absent.unhealthy());
    }

    @Test
    void nothingIsKnownBehindAClusterThatDoesNotAnswer() {
        StatusWords unreachable = StatusWords.unreachable();

        assertEquals(new StatusWords(Sync.UNKNOWN, Health.UNKNOWN), unreachable);
        assertEquals(unreachable, unreachable.drifted());
        assertEquals(unreachable, unreachable.unhealthy());
    }

    @Test
    void theWordsAreThoseOfArgoCd() {
        assertTrue(Set.of("Synced", "OutOfSync", "Unknown").contains(Sync.OUT_OF_SYNC.word()));
        assertEquals("Degraded", Health.DEGRADED.word());
    }
}
