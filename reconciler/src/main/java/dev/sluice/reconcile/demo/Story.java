// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.text.TextTable;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.JobKey;
import java.io.IOException;
import java.time.Duration;

/** The table at the end: what was done to which job, by which commit, from which state. */
final class Story {
    private final TextTable table =
            new TextTable("JOB", "WHAT", "COMMIT", "ATTEMPT", "FLINK", "FROM", "DOWN", "ROWS");

    void add(DemoStage stage, JobKey job, String what) throws IOException {
        JobRecord record = stage.notice(job).record();
        table.row(
                job.display(),
                what,
                record.notes().startedBy().map(CommitId::brief).orElse("-"),
                String.valueOf(record.attempt()),
                record.deployed().map(spec -> spec.spec().flink().version()).orElse("-"),
                stage.shortened(record.startedFrom().map(Object::toString).orElse("-")),
                stage.downtime(job).map(Story::seconds).orElse("-"),
                String.valueOf(stage.rows(job).count()));
    }

    private static String seconds(Duration downtime) {
        return "%.1f s".formatted(downtime.toMillis() / 1000.0);
    }

    String table() {
        return table.toString();
    }
}
