// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.Driver;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.Cluster;
import java.util.function.Supplier;

/** Makes the driver of a cluster. Opening touches nothing outside this process. */
public interface DriverFactory {
    Driver open(Cluster cluster);

    /**
     * Keeps a file of the job repository for the drivers, unless it is kept. Drivers that fetch nothing
     * have no use for it.
     *
     * @param file path and digest
     * @param content asked for when the file is not kept yet
     */
    default void supply(Artifact file, Supplier<byte[]> content) throws ArtifactFailure {}
}
