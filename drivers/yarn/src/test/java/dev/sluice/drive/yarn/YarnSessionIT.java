// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.DriverContract;
import dev.sluice.drive.contract.DriverWorld;
import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract in a session cluster on a real YARN, which all jobs share and none ends. */
@Tag("full")
@TestInstance(Lifecycle.PER_CLASS)
class YarnSessionIT extends DriverContract {
    private static final int MOST_ATTEMPTS = 3;

    private YarnWorld world;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        world = YarnWorld.shared(directory, "1.20");
    }

    /** Only what still runs is cancelled, so that the next test finds the session cluster. */
    @AfterEach
    void clear() {
        for (SampleJob job : world.made()) {
            for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
                int each = attempt;
                Settling.settle(() -> world.driver().cancel(Requests.cancel(job, each)));
            }
        }
        assertTrue(world.sessions().size() <= 1, () -> "two of them: " + world.sessions());
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
