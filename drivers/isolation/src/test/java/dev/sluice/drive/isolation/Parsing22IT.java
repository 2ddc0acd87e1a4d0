// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import org.junit.jupiter.api.Tag;

/** Scripts for Flink 2.2. */
@Tag("full")
class Parsing22IT extends Parsing {
    Parsing22IT() throws Exception {
        super("2.2");
    }
}
