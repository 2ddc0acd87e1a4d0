// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import org.junit.jupiter.api.Tag;

/** The contract on Flink 2.2. */
@Tag("full")
class LocalDriver22IT extends LocalContract<LocalWorld> {
    LocalDriver22IT() {
        super(directory -> new LocalWorld(directory, "2.2"));
    }
}
