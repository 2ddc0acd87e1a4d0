// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.util.List;

/** The two kinds of process of a session cluster, and what each may use. */
enum Role {
    JOB_MANAGER(
            "jobmanager",
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            // Compiling SQL is the only heavy work of a JobManager, and it is short.
            List.of(
                    "-Xms64m",
                    "-Xmx384m",
                    "-XX:MaxMetaspaceSize=384m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1")),
    TASK_MANAGER(
            "taskmanager",
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            // Agrees with the memory keys in Configuration: heap is task heap plus framework heap.
            List.of(
                    "-Xms64m",
                    "-Xmx256m",
                    "-XX:MaxDirectMemorySize=160m",
                    "-XX:MaxMetaspaceSize=256m",
                    "-XX:+UseSerialGC"));

    private final String label;
    private final String mainClass;
    private final List<String> memory;

    Role(String label, String mainClass, List<String> memory) {
        this.label = label;
        this.mainClass = mainClass;
        this.memory = memory;
    }

    /** Name in command lines and of log files. */
    String label() {
        return label;
    }

    String mainClass() {
        return mainClass;
    }

    List<String> memory() {
        return memory;
    }
}
