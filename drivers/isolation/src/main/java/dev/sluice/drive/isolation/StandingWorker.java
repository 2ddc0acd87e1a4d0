// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import dev.sluice.drive.isolation.WorkerFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The long-lived process of one Flink home: started when it is needed, started again when it died,
 * ended when nobody asked it anything for a while.
 */
final class StandingWorker {
    /** Starts the process anew. */
    @FunctionalInterface
    interface Launch {
        WorkerProcess start() throws WorkerFailure;
    }

    private final Launch launch;
    private final Duration idle;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<WorkerProcess> process = Optional.empty();
    private long lastUse = System.nanoTime();

    StandingWorker(Launch launch, Duration idle) {
        this.launch = launch;
        this.idle = idle;
    }

    /** Asks; a process that was killed in the meantime is replaced once. */
    JsonNode ask(String operation, ObjectNode body, Duration deadline) throws WorkerFailure {
        lock.lock();
        try {
            boolean isOld = process.filter(WorkerProcess::isAlive).isPresent();
            try {
                return alive().ask(operation, body, deadline);
            } catch (WorkerFailure e) {
                if (e.kind() != Kind.DIED || !isOld) {
                    throw e;
                }
                return alive().ask(operation, body, deadline);
            }
        } finally {
            lastUse = System.nanoTime();
            lock.unlock();
        }
    }

    boolean isAlive() {
        lock.lock();
        try {
            return process.filter(WorkerProcess::isAlive).isPresent();
        } finally {
            lock.unlock();
        }
    }

    void endIfIdle() {
        if (lock.tryLock()) {
            try {
                if (System.nanoTime() - lastUse > idle.toNanos()) {
                    end();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Ends the process at once, whatever it is doing. */
    void kill() {
        process.ifPresent(WorkerProcess::close);
    }

    private void end() {
        process.ifPresent(WorkerProcess::close);
        process = Optional.empty();
    }

    private WorkerProcess alive() throws WorkerFailure {
        if (process.filter(WorkerProcess::isAlive).isEmpty()) {
            process = Optional.of(launch.start());
        }
        return process.get();
    }
}
