// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.observed;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The answer to "does any attempt of this job still run?". Only ABSENT allows a start. */
public record Proof(Verdict verdict, List<String> evidence) {
    /** Three values on purpose. */
    public enum Verdict {
        ABSENT,
        PRESENT,
        UNKNOWN
    }

    public Proof {
        requireNonNull(verdict, "verdict is null");
        evidence = List.copyOf(evidence);
    }
}
