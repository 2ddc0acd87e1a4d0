// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.Driver;
import java.util.List;

/** Finds the driver of a cluster. */
public interface Drivers extends AutoCloseable {
    /**
     * The driver of a cluster of the environment; the same one each time.
     *
     * @throws IllegalArgumentException when no entry of that name was ever in force
     */
    Driver of(String cluster);

    /** Names of the clusters in force, in order. */
    List<String> clusters();

    /** Lets go of every driver; clusters and jobs go on. */
    @Override
    void close();
}
