// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.nio.file.Path;

/** A process that is taken for one of Flink's by its command line, and does nothing. */
final class MarkedProcess {
    private MarkedProcess() {}

    /** One that looks like the JobManager of the attempt in that folder; whoever asks ends it. */
    static Process jobManager(Path attempt) throws IOException {
        // Reads its input, which nobody closes before the end of the test.
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "read unused",
                        FlinkProcess.marker(attempt, Role.JOB_MANAGER))
                .start();
    }
}
