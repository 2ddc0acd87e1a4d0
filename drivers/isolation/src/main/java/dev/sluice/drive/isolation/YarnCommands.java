// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import dev.sluice.drive.artifacts.FlinkHome;
import java.util.Optional;

/** What is asked of YARN with Flink's and Hadoop's own classes. Every request may be repeated. */
public interface YarnCommands {
    /** An application id that nobody else gets; nothing runs under it yet. */
    String reserve(FlinkHome home) throws WorkerFailure;

    /**
     * Submits, without waiting until the application runs.
     *
     * @return why YARN has no such application; empty when it has taken it
     * @throws WorkerFailure when it is not known whether it has
     */
    Optional<String> submit(FlinkHome home, YarnSubmission submission) throws WorkerFailure;

    /** Ends an application, whatever it does. */
    void kill(FlinkHome home, String application, String reason) throws WorkerFailure;
}
