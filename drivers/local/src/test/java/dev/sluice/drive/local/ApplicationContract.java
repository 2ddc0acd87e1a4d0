// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.contract.DriverContract;
import dev.sluice.drive.contract.DriverWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract where each job has a cluster of its own. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ApplicationContract extends DriverContract {
    private final String flinkVersion;
    private ApplicationWorld world;

    ApplicationContract(String flinkVersion) {
        this.flinkVersion = flinkVersion;
    }

    @BeforeAll
    void open(@TempDir Path directory) {
        world = new ApplicationWorld(directory, flinkVersion);
    }

    @AfterEach
    void endJobs() {
        world.endAll();
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
