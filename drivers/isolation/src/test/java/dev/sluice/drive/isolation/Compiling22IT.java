// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

/** Programs for Flink 2.2. */
class Compiling22IT extends Compiling {
    Compiling22IT() {
        super("2.2");
    }
}
