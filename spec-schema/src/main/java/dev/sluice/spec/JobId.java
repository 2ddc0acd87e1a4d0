// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import java.util.regex.Pattern;

/**
 * A Flink job id, 32 lower-case hex digits. Sluice chooses it before submission from the key and the
 * attempt, so every retry of one attempt carries the same id and Flink itself refuses a duplicate
 * (Dispatcher, {@code DuplicateJobSubmissionException}).
 */
public record JobId(String hex) implements Comparable<JobId> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public JobId {
        if (hex == null || !FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a Flink job id: " + hex);
        }
    }

    /**
     * The id of one attempt: the first 16 bytes of a hash of (key, attempt).
     *
     * @param attempt 1 or more
     */
    public static JobId of(JobKey key, int attempt) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1: " + attempt);
        }
        return new JobId(Sha256.hex("job\n" + key.qualified() + "\n" + attempt).substring(0, 32));
    }

    @Override
    public int compareTo(JobId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
