// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.standalone;

import org.junit.jupiter.api.Tag;

/** The contract on Flink 1.20. */
@Tag("long")
class StandaloneDriver120IT extends StandaloneContract {
    StandaloneDriver120IT() {
        super("1.20", "2.2");
    }
}
