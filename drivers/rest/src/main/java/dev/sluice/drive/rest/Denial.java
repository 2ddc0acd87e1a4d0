// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import dev.sluice.drive.rest.RestTransport.Answer;
import dev.sluice.spec.JobId;
import dev.sluice.spec.TriggerId;
import java.util.List;

/**
 * What a JobManager says when it does not have what it was asked for. A job that is denied may be started
 * again, so only words of Flink's own that name the job count; a path that a version does not know, or
 * another server's 404, denies nothing.
 */
final class Denial {
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    /** The router's words, and those of the web page's files (1.15 to 2.3). */
    private static final List<String> NO_PATH =
            List.of("Not found: /", "Unable to load requested file ");

    private Denial() {}

    /**
     * The JobManager has no such job: 404 and "Job ID not found", or the exception's name, which
     * {@code /jobs/:id/status} of 1.16 to 1.20 sends with 500 (JobStatusHandler does not translate it).
     */
    static boolean isOfTheJob(Answer answer, JobId job) {
        boolean isRefusal = answer.status() == NOT_FOUND || answer.status() == SERVER_ERROR;
        return isRefusal
                && !isOfThePath(answer)
                && RestReader.errors(answer.body()).stream()
                        .anyMatch(error -> error.contains("Job " + job.hex() + " not found")
                                || error.contains("FlinkJobNotFoundException")
                                        && error.contains(job.hex()));
    }

    /** The JobManager knows no such stop or savepoint, or has forgotten it. */
    static boolean isOfTheTrigger(Answer answer, TriggerId trigger) {
        return answer.status() == NOT_FOUND
                && !isOfThePath(answer)
                && RestReader.errors(answer.body()).stream()
                        .anyMatch(error -> error.contains("triggerId=" + trigger.hex()));
    }

    /** This version of Flink has no such path. */
    static boolean isOfThePath(Answer answer) {
        return answer.status() == NOT_FOUND
                && RestReader.errors(answer.body()).stream()
                        .anyMatch(error -> NO_PATH.stream().anyMatch(error::startsWith));
    }
}
