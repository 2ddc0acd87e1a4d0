// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import java.util.Optional;

/** The key that a renamed job had. */
final class Former {
    private Former() {}

    /** The key that {@code formerly: team/name} means, in the same repository and environment. */
    static Optional<JobKey> key(JobSpec spec) {
        return spec.lineage().formerly().map(name -> {
            int slash = name.indexOf('/');
            return new JobKey(
                    spec.key().repository(),
                    spec.key().environment(),
                    name.substring(0, slash),
                    name.substring(slash + 1));
        });
    }
}
