// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static java.util.Objects.requireNonNull;

import dev.sluice.spec.JobId;
import dev.sluice.spec.SpecError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The environment that this controller keeps: where its truth comes from and what it can reach.
 *
 * @param clusters in the order of the environment file
 * @param unmanaged jobs on the clusters that no specification claims; Sluice never touches them
 * @param findings errors and warnings of the newest fetched commit
 */
public record EnvironmentPage(
        String environment,
        Source source,
        List<ClusterRow> clusters,
        List<UnmanagedJob> unmanaged,
        List<SpecError> findings,
        Leadership leadership) {
    /** Whether a cluster answers; Unknown never causes an action. */
    public enum Reach {
        OK("OK"),
        UNKNOWN("Unknown");

        private final String word;

        Reach(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A cluster of the environment.
     *
     * @param kind {@code local}, {@code standalone}, {@code yarn} or {@code kubernetes}
     * @param since when the reach became what it is
     * @param message what the last failed contact said, empty when it answers
     * @param jobs how many jobs of this environment are placed there
     */
    public record ClusterRow(
            String name, String kind, Reach reach, Instant since, String message, int jobs) {
        public ClusterRow {
            requireNonNull(name, "name is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(reach, "reach is null");
            requireNonNull(since, "since is null");
            message = Address.withoutCredentials(message);
        }
    }

    /** A job that somebody else started. */
    public record UnmanagedJob(String cluster, String name, JobId id, String status) {
        public UnmanagedJob {
            requireNonNull(cluster, "cluster is null");
            requireNonNull(name, "name is null");
            requireNonNull(id, "id is null");
            requireNonNull(status, "status is null");
        }
    }

    /**
     * Who may act on this environment.
     *
     * @param isLeader whether this process holds the lease
     * @param holder name of the process that holds it
     * @param token fencing token of the lease, growing with each change of leader
     * @param until when the lease ends unless renewed
     */
    public record Leadership(boolean isLeader, String holder, long token, Optional<Instant> until) {
        public Leadership {
            requireNonNull(holder, "holder is null");
            requireNonNull(until, "until is null");
        }
    }

    public EnvironmentPage {
        requireNonNull(environment, "environment is null");
        requireNonNull(source, "source is null");
        clusters = List.copyOf(clusters);
        unmanaged = List.copyOf(unmanaged);
        findings = List.copyOf(findings);
        requireNonNull(leadership, "leadership is null");
    }
}
