// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

/** The contract in application mode on Flink 1.20. */
class ApplicationDriver120IT extends ApplicationContract {
    ApplicationDriver120IT() {
        super("1.20");
    }
}
