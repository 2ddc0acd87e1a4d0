// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.bind;

import dev.sluice.spec.JobId;
import dev.sluice.spec.Lineage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads where a job's state comes from. */
final class LineageBinder {
    private final Fields job;

    LineageBinder(Fields job) {
        this.job = job;
    }

    Lineage bind() {
        return new Lineage(
                job.text("formerly"),
                job.has("restore") ? restore(job.below("restore")) : Optional.empty(),
                job.has("adopt") ? adopt(job.below("adopt")) : Optional.empty(),
                job.bool("ignoreUnmanaged").orElse(false));
    }

    private Optional<Lineage.Restore> restore(Fields restore) {
        Optional<String> from = restore.text("from");
        boolean empty = restore.bool("empty").orElse(false);
        Optional<String> reason = restore.text("reason");
        if (restore.isMentioned("from") == restore.isMentioned("empty")) {
            job.error(
                    "restore",
                    "restore",
                    "expected exactly one of 'from' and 'empty: true', found "
                            + (restore.has("from") ? "both" : "none"),
                    "say where the state comes from, or that the job starts empty");
        }
        if (empty && reason.isEmpty()) {
            job.error(
                    "restore",
                    "restore",
                    "expected a reason for an empty start, found none",
                    "add 'reason: ...'");
        }
        Optional<Integer> nonce = restore.integer("nonce", 1);
        if (!restore.isMentioned("nonce")) {
            restore.missing("nonce", "add 'nonce: 1'; a new number asks again");
        }
        return nonce.map(number -> new Lineage.Restore(from, number, reason));
    }

    private Optional<Lineage.Adopt> adopt(Fields adopt) {
        List<String> present = Stream.of("jobId", "applicationId", "clusterId")
                .filter(adopt::isMentioned)
                .toList();
        if (present.size() != 1) {
            job.error(
                    "adopt",
                    "adopt",
                    "expected exactly one of jobId, applicationId and clusterId, found "
                            + (present.isEmpty() ? "none" : String.join(" and ", present)),
                    "keep the one that names the running job");
            return Optional.empty();
        }
        Optional<JobId> jobId = adopt.parsed(
                "jobId",
                "a Flink job id of 32 hex digits",
                text -> Optional.of(text)
                        .filter(id -> id.matches("[0-9a-f]{32}"))
                        .map(JobId::new));
        return Optional.of(
                new Lineage.Adopt(jobId, adopt.text("applicationId"), adopt.text("clusterId")));
    }
}
