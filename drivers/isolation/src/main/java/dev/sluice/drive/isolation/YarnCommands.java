// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import dev.sluice.drive.artifacts.FlinkHome;
import java.nio.file.Path;
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

    /**
     * Runs a program here, apart from everything, and keeps the graph of its job for a submission.
     *
     * @param file where the graph is put; one that is there is written over
     * @throws WorkerFailure when there is no graph, for whatever reason
     */
    void graph(FlinkHome home, CompileRequest program, Path file) throws WorkerFailure;

    /** Ends an application, whatever it does. */
    void kill(FlinkHome home, String application, String reason) throws WorkerFailure;
}
