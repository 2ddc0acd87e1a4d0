// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import java.util.regex.Pattern;

/**
 * The trigger id of a savepoint, 32 lower-case hex digits, chosen by us. Flink registers an operation
 * only once per (trigger id, job id) while the JobManager lives, so a repeated request is harmless.
 */
public record TriggerId(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public TriggerId {
        if (hex == null || !FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a trigger id: " + hex);
        }
    }

    /**
     * @param plan the plan that asked for the stop
     * @param attempt attempt of the job that is stopped
     * @param tryNumber 1 or more; grows only after the previous try is proven finished without a
     *     location, because Flink answers a repeated id with the cached failure for five minutes
     */
    public static TriggerId of(JobKey key, int attempt, String plan, int tryNumber) {
        String seed =
                "trigger\n" + key.qualified() + "\n" + attempt + "\n" + plan + "\n" + tryNumber;
        return new TriggerId(Sha256.hex(seed).substring(0, 32));
    }

    @Override
    public String toString() {
        return hex;
    }
}
