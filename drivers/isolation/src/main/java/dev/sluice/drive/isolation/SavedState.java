// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What the {@code _metadata} of a savepoint or checkpoint says.
 *
 * @param checkpointId Flink's number of it
 */
public record SavedState(long checkpointId, List<Operator> operators) {
    public SavedState {
        operators = List.copyOf(operators);
    }

    /**
     * The state of one operator.
     *
     * @param id 32 hexadecimal digits, from the uid or generated from the graph
     * @param uid known from Flink 2.1 on
     * @param name known from Flink 2.1 on
     * @param bytes of all subtasks together
     * @param hasState whether Flink refuses to restore without an operator that takes it
     */
    public record Operator(
            String id,
            Optional<String> uid,
            Optional<String> name,
            int parallelism,
            int maxParallelism,
            long bytes,
            boolean hasState) {
        public Operator {
            requireNonNull(id, "id is null");
            requireNonNull(uid, "uid is null");
            requireNonNull(name, "name is null");
        }
    }
}
