// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

/**
 * Where a stop puts its savepoint, below the cluster's state directory. Each try has a directory of
 * its own, so that a savepoint can be found by listing when the JobManager, its cache of results and
 * the controller have all forgotten it.
 */
public final class SavepointDirectory {
    private SavepointDirectory() {}

    /** The directory of one try: {@code <key>/<attempt>-<plan>-<try>}. */
    public static String of(JobKey key, int attempt, String plan, int tryNumber) {
        return of(key) + "/" + attempt + "-" + plan + "-" + tryNumber;
    }

    /** The directory that holds the tries of all attempts of one job. */
    public static String of(JobKey key) {
        return String.join("/", key.repository(), key.environment(), key.team(), key.name());
    }
}
