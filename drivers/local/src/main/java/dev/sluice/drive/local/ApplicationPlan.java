// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.StartRequest;
import dev.sluice.drive.artifacts.ApplicationEntry;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.rest.StartOnStorage;
import dev.sluice.drive.session.JarProgram;
import dev.sluice.spec.JobSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that the processes of one attempt are launched with. */
record ApplicationPlan(StartRequest request, FlinkHome home, JarProgram program) {
    private static final String SLOTS = "taskmanager.numberOfTaskSlots";

    ApplicationPlan {
        requireNonNull(request, "request is null");
        requireNonNull(home, "home is null");
        requireNonNull(program, "program is null");
    }

    /** What the configuration file says for this job alone. */
    SortedMap<String, String> configuration() {
        JobSpec spec = request.job().spec();
        TreeMap<String, String> keys = new TreeMap<>();
        int parallelism = spec.resources().parallelism();
        keys.put("parallelism.default", Integer.toString(parallelism));
        // One TaskManager has room for the whole job, also where operators share no slots.
        keys.put(
                SLOTS,
                Integer.toString(
                        Math.max(parallelism, spec.resources().slots().orElse(parallelism))));
        keys.putAll(program.configuration());
        // The savepoint of a stop is asked for after the job has ended, and then the processes are.
        keys.put("execution.shutdown-on-application-finish", "false");
        keys.put("execution.submit-failed-job-on-application-error", "true");
        return keys;
    }

    /**
     * Arguments of Flink's entry point, then those of the program, which Flink shall not read.
     *
     * @param entry the jar with the entry point
     */
    Launcher.Entry jobManager(Path entry) {
        List<String> arguments = new ArrayList<>(List.of(
                "--job-classname", program.mainClass(), "--job-id", request.id().hex()));
        StartOnStorage.pointer(request.from()).ifPresent(pointer -> {
            arguments.addAll(List.of("--fromSavepoint", pointer.path()));
            if (request.job().spec().upgrade().allowNonRestoredState()) {
                arguments.add("--allowNonRestoredState");
            }
        });
        arguments.add("--");
        arguments.addAll(program.arguments());
        return new Launcher.Entry(ApplicationEntry.MAIN_CLASS, entry.toString(), arguments);
    }
}
