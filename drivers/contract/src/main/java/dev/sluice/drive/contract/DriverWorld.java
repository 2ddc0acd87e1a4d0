// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.contract;

import dev.sluice.drive.Driver;

/** A driver and the power to break its world. */
public interface DriverWorld extends AutoCloseable {
    Driver driver();

    /** A job of this world that counts, with a name of its own. */
    SampleJob job(String name);

    /** The same job with operators that its state does not fit. */
    SampleJob incompatible(SampleJob job);

    /** Lets a running job count and complete a checkpoint, however long it takes. */
    void advance(SampleJob job, int attempt);

    /** Another controller takes over, which has forgotten everything. */
    void restartController();

    /** The JobManager dies and comes back without its jobs. */
    void killJobManager();

    /** No savepoint can be written to this directory any more. */
    void blockDirectory(String directory);

    /** Whether Flink's scheduler here can change a running job. */
    boolean isAdaptive();

    /** Whether other jobs may use the Flink cluster of a job. */
    default boolean isShared() {
        return true;
    }

    @Override
    void close();
}
