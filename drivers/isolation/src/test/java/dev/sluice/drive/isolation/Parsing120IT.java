// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

/** Scripts for Flink 1.20. */
class Parsing120IT extends Parsing {
    Parsing120IT() throws Exception {
        super("1.20");
    }
}
