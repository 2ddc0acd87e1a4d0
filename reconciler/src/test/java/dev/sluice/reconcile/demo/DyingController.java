// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.reconcile.service.Service;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A controller in a process of its own that dies after an effect: folder, repository, effect. */
final class DyingController {
    private DyingController() {}

    /** Runs until it dies. */
    public static void main(String[] arguments) throws Exception {
        ControllerConfig config = World.config(Path.of(arguments[0]), arguments[1]);
        HaltingDriver.Effect deadly = HaltingDriver.Effect.valueOf(arguments[2]);
        LocalClusters clusters =
                Installation.own().clusters(config.dataDirectory(), Progress.SILENT);
        Service.start(config, cluster -> new HaltingDriver(clusters.open(cluster), deadly));
        new CountDownLatch(1).await();
    }
}
