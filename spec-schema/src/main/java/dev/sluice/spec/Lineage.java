// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a commit says about where a job comes from. {@code restore} and {@code adopt} are legal only
 * inside {@code environments.<env>}, so that promotion never replays them elsewhere.
 *
 * @param formerly {@code team/name} this job had before; carries the lineage of state
 * @param ignoreUnmanaged start although an unclaimed job of the same name runs on the cluster
 */
public record Lineage(
        Optional<String> formerly,
        Optional<Restore> restore,
        Optional<Adopt> adopt,
        boolean ignoreUnmanaged) {
    public static final Lineage PLAIN =
            new Lineage(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /**
     * A person's word on the state to start from; honoured once per nonce.
     *
     * @param from path of a savepoint or retained checkpoint; absent means start empty
     * @param reason why, for an empty start
     */
    public record Restore(Optional<String> from, long nonce, Optional<String> reason) {
        public Restore {
            requireNonNull(from, "from is null");
            requireNonNull(reason, "reason is null");
        }
    }

    /** A job that runs already and becomes attempt 0: exactly one of the three is present. */
    public record Adopt(
            Optional<JobId> jobId, Optional<String> applicationId, Optional<String> clusterId) {
        public Adopt {
            requireNonNull(jobId, "jobId is null");
            requireNonNull(applicationId, "applicationId is null");
            requireNonNull(clusterId, "clusterId is null");
        }
    }

    public Lineage {
        requireNonNull(formerly, "formerly is null");
        requireNonNull(restore, "restore is null");
        requireNonNull(adopt, "adopt is null");
    }
}
