// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import org.junit.jupiter.api.Tag;

/** The contract in application mode on Flink 2.2. */
@Tag("full")
class ApplicationDriver22IT extends ApplicationContract {
    ApplicationDriver22IT() {
        super("2.2");
    }
}
