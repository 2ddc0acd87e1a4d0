// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.Driver;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.ClusterObservation;
import java.util.Map;

/** A driver with a mistake in it, on one cluster. */
final class ThrowingDriver extends ForwardingDriver {
    private final String broken;

    ThrowingDriver(Driver real, String broken) {
        super(real);
        this.broken = broken;
    }

    @Override
    public ClusterObservation observe(Map<JobId, Integer> detailed) {
        ClusterObservation seen = super.observe(detailed);
        if (seen.cluster().equals(broken)) {
            throw new IllegalStateException("broken");
        }
        return seen;
    }
}
