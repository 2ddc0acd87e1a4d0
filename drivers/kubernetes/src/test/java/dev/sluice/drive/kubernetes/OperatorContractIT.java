// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.drive.contract.DriverContract;
import dev.sluice.drive.contract.DriverWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract on real pods that the Flink Kubernetes Operator makes. */
@Tag("kubernetes")
@TestInstance(Lifecycle.PER_CLASS)
class OperatorContractIT extends DriverContract {
    private KubernetesWorld world;

    @BeforeAll
    void open(@TempDir Path directory) {
        world = KubernetesWorld.operated(directory);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Override
    protected DriverWorld world() {
        return world;
    }
}
