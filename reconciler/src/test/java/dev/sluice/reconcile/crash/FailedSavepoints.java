// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import dev.sluice.plan.Decision;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.plan.Reason;
import dev.sluice.reconcile.journal.FencingToken;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Leadership;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes a memory of what would take minutes: three savepoints failed, so the job is cancelled. */
final class FailedSavepoints {
    private FailedSavepoints() {}

    /** Changes the record as the planner does, while no controller runs. */
    static void remember(Path data) {
        Instant now = Instant.now();
        try (Journal journal = Journal.open(data)) {
            JobRecord record = journal.record(CountingJob.KEY);
            Leadership leader = journal.acquire("planner", Duration.ofSeconds(30), now);
            FencingToken token = ((Leadership.Leading) leader).token();
            Phase next = new Phase.Cancelling(record.startedFrom().orElseThrow(), now);
            Decision decision = new Decision(
                    record.in(next),
                    Optional.empty(),
                    List.of(),
                    Reason.WaitingForTerminal,
                    Optional.empty());
            journal.store(
                    token, List.of(decision), record.deployed().orElseThrow().commit(), now);
            journal.release(token, now);
        }
    }
}
