// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/** What is known of one job: present, proven absent, or unknown. */
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

    /** Not seen, not proven gone: out of reach, or absent from a list that may omit it. */
    record Unknown(Instant at, String reason) implements Observed {
        public Unknown {
            requireNonNull(at, "at is null");
            requireNonNull(reason, "reason is null");
        }
    }
}
