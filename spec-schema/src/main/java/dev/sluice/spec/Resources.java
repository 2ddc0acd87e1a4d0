// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a job may use.
 *
 * @param parallelism 1 or more
 */
public record Resources(
        int parallelism, Process jobManager, Process taskManager, Optional<Integer> slots) {
    /**
     * One kind of process.
     *
     * @param memory total process memory in Flink's notation, such as {@code 1g}
     * @param cpu cores
     */
    public record Process(Optional<String> memory, Optional<Double> cpu) {
        public static final Process UNSET = new Process(Optional.empty(), Optional.empty());

        public Process {
            requireNonNull(memory, "memory is null");
            requireNonNull(cpu, "cpu is null");
        }
    }

    public Resources {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism must be at least 1: " + parallelism);
        }
        requireNonNull(jobManager, "jobManager is null");
        requireNonNull(taskManager, "taskManager is null");
        requireNonNull(slots, "slots is null");
    }
}
