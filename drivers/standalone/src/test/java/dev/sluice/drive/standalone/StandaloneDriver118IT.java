// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.standalone;

import org.junit.jupiter.api.Tag;

/** The contract on Flink 1.18, the first that changes the parallelism of a running job. */
@Tag("full")
class StandaloneDriver118IT extends StandaloneContract {
    StandaloneDriver118IT() {
        super("1.18", "2.2");
    }
}
