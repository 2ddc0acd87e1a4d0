// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.io.IOException;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;

/** The main class of every SQL job; see {@link Arguments}. */
public final class SqlRunner {
    private SqlRunner() {}

    public static void main(String[] arguments) throws IOException {
        run(Arguments.parse(arguments));
    }

    private static void run(Arguments arguments) {
        EnvironmentSettings.Builder settings = EnvironmentSettings.newInstance();
        TableEnvironment tables = TableEnvironment.create(
                (arguments.isBatch() ? settings.inBatchMode() : settings.inStreamingMode())
                        .build());
        StatementSet job = tables.createStatementSet();
        SecretTarget target = new SecretTarget(new FlinkTarget(tables, job), arguments.secrets());
        arguments.configuration().forEach(target::set);
        new Interpreter(target).run(arguments.script());
        target.quietly(job::execute);
    }

    /** Flink's table environment as the target of a script. */
    private static final class FlinkTarget implements SqlTarget {
        private final TableEnvironment tables;
        private final StatementSet job;

        FlinkTarget(TableEnvironment tables, StatementSet job) {
            this.tables = tables;
            this.job = job;
        }

        @Override
        public void set(String key, String value) {
            tables.getConfig().set(key, value);
        }

        @Override
        public void define(String statement) {
            tables.executeSql(statement);
        }

        @Override
        public void insert(String statement) {
            job.addInsertSql(statement);
        }
    }
}
