// SPDX-License-Identifier: Apache-2.0
package dev.sluice.runner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;

/**
 * The main class of every SQL job: {@code --script <gzip, then base64url>}, or {@code --batch} as well
 * for a bounded job. The script travels as an argument, so no file system is shared with the cluster.
 */
public final class SqlRunner {
    private static final int BUFFER_BYTES = 8192;

    private SqlRunner() {}

    public static void main(String[] arguments) throws IOException {
        String script = null;
        boolean isBatch = false;
        for (int index = 0; index < arguments.length; index++) {
            if (arguments[index].equals("--script") && index + 1 < arguments.length) {
                index++;
                script = decode(arguments[index]);
            } else if (arguments[index].equals("--batch")) {
                isBatch = true;
            } else {
                throw new IllegalArgumentException("unknown argument: " + arguments[index]);
            }
        }
        if (script == null) {
            throw new IllegalArgumentException("--script is missing");
        }
        run(script, isBatch);
    }

    private static void run(String script, boolean isBatch) {
        EnvironmentSettings.Builder settings = EnvironmentSettings.newInstance();
        TableEnvironment tables = TableEnvironment.create(
                (isBatch ? settings.inBatchMode() : settings.inStreamingMode()).build());
        StatementSet job = tables.createStatementSet();
        new Interpreter(new FlinkTarget(tables, job)).run(script);
        job.execute();
    }

    static String decode(String argument) throws IOException {
        byte[] zipped = Base64.getUrlDecoder().decode(argument);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                text.write(buffer, 0, read);
            }
        }
        return new String(text.toByteArray(), StandardCharsets.UTF_8);
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
