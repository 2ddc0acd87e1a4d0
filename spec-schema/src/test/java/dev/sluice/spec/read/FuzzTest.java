// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.SpecError;
import dev.sluice.spec.testing.MemoryTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, reading it gives findings inside of the file, and never an exception. */
class FuzzTest {
    private static final SpecReader READER = new SpecReader();
    private static final List<String> SPLINTERS = List.of(
            "${",
            "}",
            "$${",
            "{",
            "[",
            "]",
            ":",
            ": ",
            "- ",
            "\n",
            "  ",
            "\t",
            "\"",
            "'",
            "&a ",
            "*a",
            "!x ",
            "<<: ",
            "|\n",
            "null",
            "true",
            "0x",
            "1e9",
            "010",
            "---\n",
            "...\n",
            "#",
            "%",
            "@",
            "`",
            ",",
            "absent",
            "\u0000",
            "\uFEFF",
            "\ud83d",
            "test",
            "${a}",
            "${secret:A}",
            "/*",
            "--",
            ";",
            "~",
            "?",
            "environments: {test: {",
            "variables: {a: ",
            "sql: ",
            "jar: {artifact: ");
    private static final String RICH = BaseRepository.JOB + """
            owner: ${a}
            dependencies: ["com.acme:a:1", lib.jar]
            resources: {parallelism: 4, taskManager: {memory: 2g, cpu: 1, slots: 2}}
            configuration: {rest: {port: 1}, a.b: [1, 2]}
            variables: {a: b, w: {type: interval, value: "5 MINUTE"}}
            upgrade: {state: discardable, reason: r, soak: 3m}
            schedule: {cron: "0 0 2 * * ?", timeZone: UTC}
            health: {restarts: 5/10m}
            environments: {test: {restore: {from: x, nonce: 1}}, prod: absent}
            """;

    private final Random random = new Random(2026);

    @Test
    void brokenJobFiles() {
        for (int i = 0; i < 1_500; i++) {
            check(BaseRepository.JOB_FILE, broken(RICH));
        }
    }

    @Test
    void brokenScripts() {
        String sql =
                "CREATE TABLE t (a INT) WITH ('k' = '${a}'); -- x\nINSERT INTO t SELECT `b` FROM c /*+ OPTIONS('a'='b') */;\n";
        for (int i = 0; i < 1_500; i++) {
            check(BaseRepository.SQL_FILE, broken(sql));
        }
    }

    @Test
    void brokenSharedFiles() {
        List<String> paths = List.of(
                "sluice.yaml",
                "environments/test/environment.yaml",
                "environments/test/variables.yaml",
                "environments/test/allowances.yaml",
                "teams/payments.yaml",
                "jobs/payments/orders/job.lock");
        String text = """
                apiVersion: sluice/v1
                kind: Environment
                id: acme
                name: payments
                owners: [a]
                allow: {clusters: ["*"]}
                clusters: {main: {kind: yarn, hadoopConfDir: /x, stateDir: /s, sessions: {a: {version: "1.20"}}}}
                variables: {a: "${b}", b: {type: number, value: 1}}
                allowances: [{plan: p, kind: emptyStart, reason: r, expires: 2026-12-31}]
                artifacts: [{coordinate: a, sha256: b}]
                defaults: {configuration: {a: b}}
                """;
        List<String> kinds =
                List.of("Repository", "Environment", "Variables", "Allowances", "Team", "Lock");
        for (int i = 0; i < 1_500; i++) {
            int kind = random.nextInt(paths.size());
            check(
                    paths.get(kind),
                    broken(text.replace("kind: Environment", "kind: " + kinds.get(kind))));
        }
    }

    @Test
    void bytesAtRandom() {
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            read(BaseRepository.tree().with(BaseRepository.JOB_FILE, bytes));
        }
    }

    private void check(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long lines = text.chars().filter(character -> character == '\n').count() + 1;
        for (SpecError finding : read(BaseRepository.tree().with(path, bytes)).findings()) {
            boolean here = finding.location().file().equals(path);
            assertTrue(!here || finding.location().line() <= lines, finding + "\n" + text);
        }
    }

    private static CommitReading read(MemoryTree tree) {
        return READER.read(tree, "test", Optional.empty());
    }

    private String broken(String text) {
        StringBuilder broken = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(broken.length() + 1);
            int end = Math.min(broken.length(), at + random.nextInt(6));
            String splinter = SPLINTERS.get(random.nextInt(SPLINTERS.size()));
            broken.replace(at, random.nextBoolean() ? at : end, splinter);
        }
        return broken.toString();
    }
}
