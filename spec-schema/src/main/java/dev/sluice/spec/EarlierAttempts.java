// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Every attempt of a job up to one, by what their ids are made from: there may be thousands.
 *
 * @param newest 0 when there is none but the adopted job
 * @param adopted the job that somebody else started and that became attempt 0
 */
public record EarlierAttempts(JobKey key, int newest, Optional<JobId> adopted) {
    private static final int LIKELY = 3;

    public EarlierAttempts {
        requireNonNull(key, "key is null");
        if (newest < 0) {
            throw new IllegalArgumentException("newest must not be negative: " + newest);
        }
        requireNonNull(adopted, "adopted is null");
    }

    /** The id of each, newest first; an adopted job is the oldest. */
    public List<JobId> ids() {
        return ids(newest);
    }

    /** Those that are the most likely to have come back: the newest three, and an adopted job. */
    public List<JobId> likeliest() {
        return ids(Math.min(LIKELY, newest));
    }

    /** The first ones, of a job whose attempts are guessed at: it may have had one or two. */
    public List<JobId> first() {
        List<JobId> ids = ids();
        return ids.subList(Math.max(0, ids.size() - LIKELY - 1), ids.size());
    }

    /** The attempt that has this id, which is one of these; 0 for the adopted job. */
    public int numberOf(JobId id) {
        return adopted.filter(id::equals).isPresent()
                ? 0
                : IntStream.range(0, newest)
                        .map(back -> newest - back)
                        .filter(number -> JobId.of(key, number).equals(id))
                        .findFirst()
                        .orElse(0);
    }

    private List<JobId> ids(int count) {
        List<JobId> ids = new ArrayList<>();
        IntStream.range(0, count).forEach(back -> ids.add(JobId.of(key, newest - back)));
        adopted.ifPresent(ids::add);
        return List.copyOf(ids);
    }
}
