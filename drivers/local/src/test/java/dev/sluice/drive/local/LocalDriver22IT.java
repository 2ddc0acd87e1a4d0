// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

/** The contract on Flink 2.2. */
class LocalDriver22IT extends LocalContract {
    LocalDriver22IT() {
        super("2.2");
    }
}
