// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import java.util.Optional;

/** What a driver knows of the processes behind an address, beyond what REST can say. */
@FunctionalInterface
public interface ClusterProcesses {
    /**
     * Why it is sure that no process still works for a job which this JobManager does not know; empty
     * when that is not sure. TaskManagers of a lost JobManager may write on until their heartbeat times
     * out.
     */
    Optional<String> orphansExcluded();
}
