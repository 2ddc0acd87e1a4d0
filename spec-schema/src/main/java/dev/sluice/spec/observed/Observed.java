// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/** What is known of one job: present, proven absent, not listed, or unknown. */
public sealed interface Observed {
    /** When the cluster was asked. */
    Instant at();

    /**
     * The cluster lists at least one attempt of this job.
     *
     * @param attempts every listed job whose id is an attempt of the key, newest attempt first
     */
    record Present(Instant at, List<LiveJob> attempts) implements Observed {
        public Present {
            requireNonNull(at, "at is null");
            attempts = List.copyOf(attempts);
            if (attempts.isEmpty()) {
                throw new IllegalArgumentException("present needs an attempt");
            }
        }
    }

    /** No attempt runs anywhere, and why that is sure. */
    record ProvenAbsent(Instant at, List<String> evidence) implements Observed {
        public ProvenAbsent {
            requireNonNull(at, "at is null");
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * The cluster answered and lists no attempt of this job. By itself that proves nothing
     * (FLINK-40602); a step may ask the cluster for proof.
     *
     * @param sameName unclaimed live jobs of the cluster that bear this job's display name
     */
    record NotListed(Instant at, List<LiveJob> sameName) implements Observed {
        public NotListed {
            requireNonNull(at, "at is null");
            sameName = List.copyOf(sameName);
        }
    }

    /** The cluster is out of reach or was not asked yet: nothing may be concluded, nothing done. */
    record Unknown(Instant at, String reason) implements Observed {
        public Unknown {
            requireNonNull(at, "at is null");
            requireNonNull(reason, "reason is null");
        }
    }
}
