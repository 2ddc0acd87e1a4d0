// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import java.io.IOException;
import java.util.List;

/** Asks Flink itself, past every proxy and with no code of the drivers. */
interface Eyes {
    /** Ids of all jobs that have not ended, each as often as it runs. */
    List<String> live() throws IOException, InterruptedException;

    /** The path a job says it was restored from; empty text when it started empty. */
    String restoredFrom(String job) throws IOException, InterruptedException;
}
