// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

/** The contract on Flink 1.20. */
class LocalDriver120IT extends LocalContract<LocalWorld> {
    LocalDriver120IT() {
        super(directory -> new LocalWorld(directory, "1.20"));
    }
}
