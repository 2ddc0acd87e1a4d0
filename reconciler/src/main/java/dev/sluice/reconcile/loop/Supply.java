// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.spec.EffectiveJob;

/** Brings the files of the job repository that a job loads to where drivers take artifacts from. */
@FunctionalInterface
interface Supply {
    /** For jobs whose files are there already. */
    Supply NONE = job -> {};

    /**
     * Makes sure that every file is there. Costs nothing when it is.
     *
     * @throws ArtifactFailure when a file cannot be had; nothing has happened on the cluster then
     */
    void bring(EffectiveJob job) throws ArtifactFailure;

    /** What a cluster said of the job's program, in terms of the files of its commit. */
    default String written(EffectiveJob job, String told) {
        return told;
    }
}
