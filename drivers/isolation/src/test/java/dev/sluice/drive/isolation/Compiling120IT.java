// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import org.junit.jupiter.api.Tag;

/** Programs for Flink 1.20. */
@Tag("full")
class Compiling120IT extends Compiling {
    Compiling120IT() {
        super("1.20");
    }
}
