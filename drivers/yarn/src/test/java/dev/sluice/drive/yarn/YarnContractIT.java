// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.contract.DriverContract;
import dev.sluice.drive.contract.DriverWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract with Flink 1.20 applications on a real YARN. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class YarnContractIT extends DriverContract {
    private YarnWorld world;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        world = new YarnWorld(directory, "1.20");
    }

    @AfterEach
    void clear() {
        world.clear();
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
