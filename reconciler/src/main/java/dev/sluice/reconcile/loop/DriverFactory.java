// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import dev.sluice.drive.Driver;
import dev.sluice.spec.Cluster;

/** Makes the driver of a cluster. Opening touches nothing outside this process. */
public interface DriverFactory {
    Driver open(Cluster cluster);
}
