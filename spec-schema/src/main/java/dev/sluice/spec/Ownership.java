// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

/** Who answers for a job and what it is for; a change here never touches the running job. */
public record Ownership(String owner, String purpose, Criticality criticality) {
    /** How much a failure hurts. */
    public enum Criticality {
        LOW,
        NORMAL,
        HIGH
    }

    public Ownership {
        requireNonNull(owner, "owner is null");
        requireNonNull(purpose, "purpose is null");
        requireNonNull(criticality, "criticality is null");
    }
}
