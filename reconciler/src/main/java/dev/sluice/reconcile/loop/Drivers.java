// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.Driver;
import java.util.List;
import java.util.function.Function;

/** Finds the driver of a cluster and asks it. */
public interface Drivers extends AutoCloseable {
    /**
     * Asks the driver of a cluster of the environment, which stays open until it has answered.
     *
     * @throws IllegalArgumentException when no entry of that name is in force
     */
    <T> T ask(String cluster, Function<Driver, T> question);

    /** Names of the clusters in force, in order. */
    List<String> clusters();

    /** Lets go of every driver; clusters and jobs go on. */
    @Override
    void close();
}
