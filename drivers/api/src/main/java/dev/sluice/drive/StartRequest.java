// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.RestoreFrom;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A start of one attempt.
 *
 * @param attempt 1 or more
 * @param id chosen from key and attempt before the first try
 * @param earlier what was proven absent before; nothing is started while one of these lives
 */
public record StartRequest(
        EffectiveJob job, int attempt, JobId id, RestoreFrom from, List<EarlierAttempts> earlier) {
    public StartRequest {
        requireNonNull(job, "job is null");
        requireNonNull(id, "id is null");
        requireNonNull(from, "from is null");
        earlier = List.copyOf(earlier);
    }

    /** The same from another place of the same state. */
    public StartRequest from(RestoreFrom place) {
        return new StartRequest(job, attempt, id, place, earlier);
    }

    /** The keys of these jobs and its own. */
    public List<JobKey> keys() {
        return Stream.concat(Stream.of(job.key()), earlier.stream().map(EarlierAttempts::key))
                .distinct()
                .toList();
    }

    /** Every attempt that may not live beside this one. */
    public List<JobId> others() {
        return others(EarlierAttempts::ids);
    }

    /** Those of {@link #others} to ask for one by one where there are many: eight at most. */
    public List<JobId> likeliestOthers() {
        return others(EarlierAttempts::likeliest);
    }

    private List<JobId> others(Function<EarlierAttempts, List<JobId>> which) {
        return earlier.stream()
                .flatMap(job -> which.apply(job).stream())
                .filter(other -> !other.equals(id))
                .distinct()
                .toList();
    }
}
