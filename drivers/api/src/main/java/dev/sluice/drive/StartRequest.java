// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.EarlierAttempts;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.KnownState;
import dev.sluice.spec.observed.RestoreFrom;
import dev.sluice.spec.observed.StatePointer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A start of one attempt.
 *
 * @param attempt 1 or more
 * @param id chosen from key and attempt before the first try
 * @param earlier what was proven absent before; nothing is started while one of these lives
 * @param known what their state was when this attempt was fixed; nothing is started when one of them
 *     has completed newer state since
 */
public record StartRequest(
        EffectiveJob job,
        int attempt,
        JobId id,
        RestoreFrom from,
        List<EarlierAttempts> earlier,
        Optional<KnownState> known) {
    /** How many attempts are asked for one by one; fewer than so many are all asked for so. */
    public static final int ONE_BY_ONE = 8;

    public StartRequest {
        requireNonNull(job, "job is null");
        requireNonNull(id, "id is null");
        requireNonNull(from, "from is null");
        earlier = List.copyOf(earlier);
        requireNonNull(known, "known is null");
    }

    /** The same from another place of the same state. */
    public StartRequest from(RestoreFrom place) {
        return new StartRequest(job, attempt, id, place, earlier, known);
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
        return others(this::likeliest).stream().limit(ONE_BY_ONE).toList();
    }

    /**
     * Those of {@link #others} whose storage to look at for state that was completed since: the most
     * likely ones, and the one that wrote the newest state that was known.
     */
    public List<JobId> mayHaveCompleted() {
        Stream<JobId> writer = known.flatMap(KnownState::newest).map(StatePointer::job).stream();
        return Stream.concat(likeliestOthers().stream(), writer)
                .filter(others()::contains)
                .distinct()
                .toList();
    }

    /** Numbers above its own are those that a lost journal may have known. */
    private List<JobId> likeliest(EarlierAttempts attempts) {
        boolean isGuess = attempts.key().equals(job.key()) && attempts.newest() > attempt;
        return isGuess ? attempts.first() : attempts.likeliest();
    }

    /** The number of one of {@link #others}. */
    public int numberOf(JobId other) {
        return earlier.stream()
                .filter(job -> job.ids().contains(other))
                .mapToInt(job -> job.numberOf(other))
                .findFirst()
                .orElse(0);
    }

    /** None of another job's later attempts: that key may have been given anew. */
    public boolean isOther(JobKey key, JobId id) {
        return key.equals(job.key()) || others().contains(id);
    }

    private List<JobId> others(Function<EarlierAttempts, List<JobId>> which) {
        return earlier.stream()
                .flatMap(job -> which.apply(job).stream())
                .filter(other -> !other.equals(id))
                .distinct()
                .toList();
    }
}
