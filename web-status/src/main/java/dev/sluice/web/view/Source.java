// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.CommitId;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the truth comes from and how old it is.
 *
 * @param repository address of the repository; credentials in it are dropped here
 * @param commit commit that is followed; empty before the first fetch
 * @param subject first line of that commit's message, empty without one
 * @param fetchedAt last time a fetch went well; the followed commit is at least this fresh
 * @param error why the newest fetch failed; the followed commit stays in force
 */
public record Source(
        String repository,
        String branch,
        Optional<CommitId> commit,
        String subject,
        Optional<Instant> fetchedAt,
        Optional<String> error) {
    public Source {
        repository = Address.withoutCredentials(repository);
        requireNonNull(branch, "branch is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(fetchedAt, "fetchedAt is null");
        error = error.map(Address::withoutCredentials);
    }
}
