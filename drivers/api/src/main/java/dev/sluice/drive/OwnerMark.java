// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Who looks after the jobs of one environment on a cluster: one journal, whichever process leads on it.
 *
 * @param repository id from {@code sluice.yaml}
 * @param journal id of the journal; a standby and a restored backup have the same one
 * @param holder host and data directory, for people
 * @param since when the mark was made
 */
public record OwnerMark(
        String repository, String environment, String journal, String holder, Instant since) {
    public OwnerMark {
        requireNonNull(repository, "repository is null");
        requireNonNull(environment, "environment is null");
        requireNonNull(journal, "journal is null");
        requireNonNull(holder, "holder is null");
        requireNonNull(since, "since is null");
    }

    /** Whether both speak of the same jobs and the same memory of them. */
    public boolean isSameOwnerAs(OwnerMark other) {
        return isSameEnvironmentAs(other) && journal.equals(other.journal);
    }

    /** Whether both speak of the same jobs. */
    public boolean isSameEnvironmentAs(OwnerMark other) {
        return repository.equals(other.repository) && environment.equals(other.environment);
    }
}
