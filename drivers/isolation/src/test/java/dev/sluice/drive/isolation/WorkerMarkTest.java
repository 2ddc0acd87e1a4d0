// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerMarkTest {
    @Test
    void whatAWorkerHasLeftBehindIsKilledThoughItsParentHasEnded() throws Exception {
        WorkerMark mark = WorkerMark.random();
        ProcessBuilder builder = new ProcessBuilder(
                "sh", "-c", "setsid sleep 600 > /dev/null 2>&1 & echo $!; exit 0");
        mark.put(builder.environment());
        Process process = builder.start();
        try (BufferedReader out = process.inputReader()) {
            out.readLine();
        }
        process.waitFor();
        List<ProcessHandle> left = mark.marked();

        new WorkerProcess(process, mark).close();

        assertEquals(1, left.size());
        assertEquals(List.of(), mark.marked());
    }
}
