// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.reconcile.journal.Journal;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.read.CommitReading;
import java.util.Optional;

/**
 * Whether a commit speaks of the jobs that the journal knows. Repository id and environment are part
 * of every job's key: under another id all jobs would be gone, and their successors, new by key, would
 * start from nothing while the state lies beside them.
 */
final class Belonging {
    private Belonging() {}

    /** Why the commit is of another repository or environment; empty when it is not. */
    static Optional<String> stranger(CommitReading reading, String environment, Journal journal) {
        return reading.repositoryId()
                .flatMap(repository -> journal.jobs().stream()
                        .map(job -> job.record().key())
                        .filter(key -> !key.repository().equals(repository)
                                || !key.environment().equals(environment))
                        .findFirst()
                        .map(key -> why(key, repository, environment)));
    }

    private static String why(JobKey known, String repository, String environment) {
        return "the journal is of repository " + known.repository() + ", environment "
                + known.environment() + ", the commit of " + repository + ", " + environment
                + "; put the id back or name another dataDirectory."
                + " Nothing of this commit is in force";
    }
}
