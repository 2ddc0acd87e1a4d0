// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.Digest;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.testing.MemoryTree;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobSpecTextTest {
    private static final String MORE = BaseRepository.JOB + """
            owner: ops@example.com
            resources: {parallelism: 4, taskManager: {memory: 2g, slots: 2}}
            configuration: {rest.port: 1, table.exec.state.ttl: 1 h}
            """;

    @Test
    void whateverASpecificationHoldsComesBackEqual() {
        RandomSpec specs = new RandomSpec(42);
        for (int i = 0; i < 3_000; i++) {
            JobSpec spec = specs.next();

            String text = JobSpecText.write(spec);

            assertEquals(spec, JobSpecText.read(text), text);
            assertEquals(text, JobSpecText.write(JobSpecText.read(text)));
            assertFalse(text.contains("\n"));
        }
    }

    @Test
    void differentSpecificationsHaveDifferentDigests() {
        RandomSpec specs = new RandomSpec(43);
        Map<Digest, JobSpec> seen = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            JobSpec spec = specs.next();

            JobSpec before = seen.put(JobSpecText.digest(spec), spec);

            assertTrue(before == null || before.equals(spec));
        }
    }

    @Test
    void otherTextIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> JobSpecText.read("{\"name\":\"a\"}"));
    }

    @Test
    void orderFormatCommentsAndFolderDoNotChangeTheDigest() {
        String other = """
                # the same job
                configuration:
                  table: {exec.state.ttl: "1 h"}
                  rest:
                    port: 0x1
                resources: {taskManager: {slots: 2, memory: "2g"}, parallelism: 4}
                sql:
                  file: job.sql   # beside
                owner: 'ops@example.com'
                flink: {cluster: main, version: '1.20'}
                team: payments
                name: orders
                kind: Job
                apiVersion: sluice/v1
                """.replace("0x1", "1");
        MemoryTree moved = BaseRepository.tree()
                .without(BaseRepository.JOB_FILE)
                .without(BaseRepository.SQL_FILE)
                .with("jobs/elsewhere/job.yaml", other)
                .with("jobs/elsewhere/job.sql", BaseRepository.SQL);

        assertEquals(
                digest(BaseRepository.tree().with(BaseRepository.JOB_FILE, MORE)), digest(moved));
    }

    @Test
    void theBytesOfAJarChangeTheDigestAndItsFolderDoesNot() {
        String job = BaseRepository.JOB.replace("sql: {file: job.sql}", "jar: {artifact: a.jar}");
        MemoryTree here = BaseRepository.tree()
                .with(BaseRepository.JOB_FILE, job)
                .with("jobs/payments/orders/a.jar", "one");
        MemoryTree there = BaseRepository.tree()
                .without(BaseRepository.JOB_FILE)
                .with("jobs/b/job.yaml", job)
                .with("jobs/b/a.jar", "one");

        assertEquals(digest(here), digest(there));
        assertNotEquals(digest(here), digest(here.with("jobs/payments/orders/a.jar", "two")));
    }

    private static Digest digest(MemoryTree tree) {
        CommitReading reading = new SpecReader().read(tree, "test", Optional.empty());
        assertEquals(1, reading.jobs().size(), () -> reading.findings().toString());
        return reading.jobs().values().iterator().next().digest();
    }

    @Test
    void theSmallestJobComesBackEqual() {
        JobSpec spec = new SpecReader()
                .read(BaseRepository.tree(), "test", Optional.empty())
                .jobs()
                .values()
                .iterator()
                .next()
                .spec();

        String text = JobSpecText.write(spec);

        assertEquals(spec, JobSpecText.read(text));
        assertEquals(
                "{\"environment\":\"test\",\"flink\":{\"cluster\":\"main\",\"mode\":\"session\","
                        + "\"version\":\"1.20\"},\"name\":\"orders\",\"repository\":\"acme\",\"sql\":"
                        + "{\"file\":\"jobs/payments/orders/job.sql\",\"text\":\"INSERT INTO"
                        + " orders_copy SELECT * FROM orders;\\n\"},\"team\":\"payments\"}",
                text);
    }
}
