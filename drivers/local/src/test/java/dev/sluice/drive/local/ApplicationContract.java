// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import org.junit.jupiter.api.AfterEach;

/** The contract where each job has a cluster of its own. */
abstract class ApplicationContract extends LocalContract<ApplicationWorld> {
    ApplicationContract(String flinkVersion) {
        super(directory -> new ApplicationWorld(directory, flinkVersion));
    }

    @AfterEach
    void endJobs() {
        world().endAll();
    }
}
