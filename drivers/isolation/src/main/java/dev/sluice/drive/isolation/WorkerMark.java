// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A variable in the environment of a worker, which what it starts inherits. By it a process is found
 * whose parent has ended, also in a session of its own; one that clears its environment is not.
 */
record WorkerMark(String value) {
    static final String VARIABLE = "SLUICE_WORKER";

    /** A process may start another while it is being killed; what never stops at it is left. */
    private static final int ROUNDS = 10;

    static WorkerMark random() {
        return new WorkerMark(UUID.randomUUID().toString());
    }

    void put(Map<String, String> environment) {
        environment.put(VARIABLE, value);
    }

    /** Kills every process that has the mark, on systems with {@code /proc}. */
    void killAll() {
        List<ProcessHandle> marked = marked();
        for (int round = 0; round < ROUNDS && !marked.isEmpty(); round++) {
            marked.forEach(ProcessHandle::destroyForcibly);
            marked = marked();
        }
    }

    List<ProcessHandle> marked() {
        return ProcessHandle.allProcesses().filter(this::isOn).toList();
    }

    private boolean isOn(ProcessHandle process) {
        Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
        try {
            String text = new String(Files.readAllBytes(environment));
            return List.of(text.split("\0")).contains(VARIABLE + "=" + value);
        } catch (IOException anotherUsersOrEnded) {
            return false;
        }
    }
}
