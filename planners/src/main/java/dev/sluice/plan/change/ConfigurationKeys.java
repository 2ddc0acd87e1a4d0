// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import java.util.List;

/**
 * What a change of a Flink configuration key costs. A key that no row names counts as a change of
 * the job graph: {@code table.*} and {@code pipeline.*} do change it, and of an unknown key nobody
 * knows.
 */
final class ConfigurationKeys {
    /** A trailing {@code *} stands for any end. The longest matching row wins. */
    private record Row(String pattern, ChangeClass change) {
        boolean matches(String key) {
            return pattern.endsWith("*")
                    ? key.startsWith(pattern.substring(0, pattern.length() - 1))
                    : key.equals(pattern);
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row("env.log.level", ChangeClass.LIVE),
            new Row("rootLogger.level", ChangeClass.LIVE),
            new Row("pipeline.max-parallelism", ChangeClass.STATE_BACKEND),
            new Row("state.backend", ChangeClass.STATE_BACKEND),
            new Row("state.backend.type", ChangeClass.STATE_BACKEND),
            new Row("state.backend.changelog*", ChangeClass.STATE_BACKEND),
            new Row("state.changelog*", ChangeClass.STATE_BACKEND),
            new Row("state.backend.rocksdb.memory*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("state.backend.rocksdb.thread.num", ChangeClass.RESTART_SAME_GRAPH),
            new Row("state.checkpoints.num-retained", ChangeClass.RESTART_SAME_GRAPH),
            new Row("execution.checkpointing.interval*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("execution.checkpointing.timeout", ChangeClass.RESTART_SAME_GRAPH),
            new Row("execution.checkpointing.min-pause", ChangeClass.RESTART_SAME_GRAPH),
            new Row("execution.checkpointing.tolerable*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("execution.checkpointing.max-concurrent*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("execution.checkpointing.num-retained", ChangeClass.RESTART_SAME_GRAPH),
            new Row("restart-strategy*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("taskmanager.*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("jobmanager.*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("kubernetes.*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("yarn.*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("metrics.*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("heartbeat.*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("akka.*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("pekko.*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("rest.*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("slotmanager.*", ChangeClass.RESTART_SAME_GRAPH),
            new Row("env.java.opts*", ChangeClass.RESTART_SAME_GRAPH));

    private ConfigurationKeys() {}

    static ChangeClass classOf(String key) {
        Row best = null;
        for (Row row : ROWS) {
            if (row.matches(key)
                    && (best == null || row.pattern().length() > best.pattern().length())) {
                best = row;
            }
        }
        return best == null ? ChangeClass.UPGRADE : best.change();
    }
}
