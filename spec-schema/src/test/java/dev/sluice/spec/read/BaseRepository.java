// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import dev.sluice.spec.testing.MemoryTree;

/** A small valid repository that cases change one thing of. */
final class BaseRepository {
    static final String JOB_FILE = "jobs/payments/orders/job.yaml";
    static final String SQL_FILE = "jobs/payments/orders/job.sql";

    static final String JOB = """
            apiVersion: sluice/v1
            kind: Job
            name: orders
            team: payments
            flink:
              version: "1.20"
              cluster: main
            sql: {file: job.sql}
            """;

    static final String SQL = "INSERT INTO orders_copy SELECT * FROM orders;\n";

    private BaseRepository() {}

    static MemoryTree tree() {
        return MemoryTree.EMPTY
                .with("sluice.yaml", """
                        apiVersion: sluice/v1
                        kind: Repository
                        id: acme
                        """)
                .with("environments/test/environment.yaml", """
                        apiVersion: sluice/v1
                        kind: Environment
                        clusters:
                          main: {kind: local, stateDir: ./state}
                        """)
                .with(JOB_FILE, JOB)
                .with(SQL_FILE, SQL);
    }
}
