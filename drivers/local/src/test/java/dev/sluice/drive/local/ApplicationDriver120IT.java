// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import org.junit.jupiter.api.Tag;

/** The contract in application mode on Flink 1.20. */
@Tag("long")
class ApplicationDriver120IT extends ApplicationContract {
    ApplicationDriver120IT() {
        super("1.20");
    }
}
