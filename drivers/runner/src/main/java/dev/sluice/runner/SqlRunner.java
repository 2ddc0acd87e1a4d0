// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
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
        Interpreter interpreter = new Interpreter(target);
        interpreter.run(arguments.script());
        interpreter.start(() -> target.quietly(() -> {
            arguments.explanation().ifPresent(file -> write(file, explain(job)));
            job.execute();
        }));
    }

    /** All INSERTs of the script as the one job that they are. */
    private static String explain(StatementSet job) {
        return job.explain(ExplainDetail.CHANGELOG_MODE);
    }

    private static void write(Path file, String text) {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
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

        @Override
        public void look(String statement) {
            tables.explainSql(statement);
        }
    }
}
