// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The graph of a job that was compiled and not run.
 *
 * @param operators from the sources on
 * @param plan Flink's own plan as JSON, empty for jobs without one
 * @param explanation how Flink would run the statements, where that was asked for
 */
public record CompiledJob(
        List<Operator> operators, Optional<String> plan, Optional<String> explanation) {
    public CompiledJob {
        operators = List.copyOf(operators);
        requireNonNull(plan, "plan is null");
        requireNonNull(explanation, "explanation is null");
    }

    /**
     * One operator.
     *
     * @param id under which Flink looks for its state
     * @param uidHash the other id under which Flink looks, set by {@code setUidHash}
     * @param uid set by the user, or by the planner for SQL where it is told to
     * @param maxParallelism of its vertex; not positive when Flink chooses
     * @param isKeyed whether it may hold keyed state
     */
    public record Operator(
            String id,
            Optional<String> uidHash,
            Optional<String> uid,
            String name,
            int parallelism,
            int maxParallelism,
            boolean isKeyed) {
        public Operator {
            requireNonNull(id, "id is null");
            requireNonNull(uidHash, "uidHash is null");
            requireNonNull(uid, "uid is null");
            requireNonNull(name, "name is null");
        }

        boolean takes(String state) {
            return id.equals(state) || uidHash.filter(state::equals).isPresent();
        }
    }
}
