// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import dev.sluice.drive.artifacts.FlinkHome;

/** What is asked of a job's program and of its state before anything runs. */
public interface ProgramLooks extends AutoCloseable {
    /** Runs a user's {@code main} up to the submission, in a process that ends with it. */
    CompiledJob compile(FlinkHome home, CompileRequest request) throws WorkerFailure;

    /**
     * What a savepoint or checkpoint holds.
     *
     * @param path of the folder, as Flink writes it
     */
    SavedState metadata(FlinkHome home, String path) throws WorkerFailure;

    /** How programs are kept apart on this system, in words for evidence. */
    String sandbox();

    /** Ends every process. */
    @Override
    void close();
}
