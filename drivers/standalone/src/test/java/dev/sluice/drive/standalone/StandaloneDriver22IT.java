// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.standalone;

import org.junit.jupiter.api.Tag;

/** The contract on Flink 2.2. */
@Tag("full")
class StandaloneDriver22IT extends StandaloneContract {
    StandaloneDriver22IT() {
        super("2.2", "1.20");
    }
}
