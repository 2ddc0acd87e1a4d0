// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.simulation;

import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.TriggerId;

/** Is told of every effect before it happens on the model cluster, and may object. */
interface Witness {
    void starts(StartRequest request);

    void stops(JobKey key, TriggerId trigger);

    void cancels(JobKey key, JobId id);

    void rescales(RescaleRequest request);

    void ends(JobKey key, JobId id);
}
