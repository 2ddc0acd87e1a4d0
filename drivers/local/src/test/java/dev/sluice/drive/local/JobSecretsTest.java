// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.SampleJob;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSecretsTest {
    @TempDir
    Path folder;

    @Test
    void aFileOfAStartWhoseAnswerWasLostDoesNotStay() throws Exception {
        JobSecrets secrets = new JobSecrets(name -> "value", folder);
        Path file = Files.createFile(folder.resolve("a.properties"));
        Instant written = Files.getLastModifiedTime(file).toInstant();

        secrets.takeForgotten(written.plus(Duration.ofMinutes(10)));
        boolean isThereWhileItMayBeRead = Files.exists(file);
        secrets.takeForgotten(written.plus(Duration.ofMinutes(20)));

        assertTrue(isThereWhileItMayBeRead);
        assertFalse(Files.exists(file));
    }

    @Test
    void aProgramThatReadsWhileTheFileIsBroughtAgainFindsAllOfIt() throws Exception {
        JobSecrets secrets = new JobSecrets(name -> "v".repeat(20_000), folder);
        JobKey key = new JobKey("repo", "test", "shop", "orders");
        String sql = "CREATE TABLE t (a INT) WITH ('connector'='x', 'p'='${secret:pass}')";
        JobSpec spec = new SampleJob(key, "1.20", sql, 1).effective().spec();
        Path file = Path.of(secrets.bring(spec, JobId.of(key, 1)).get(1));
        long whole = Files.size(file);
        AtomicBoolean isOver = new AtomicBoolean();

        Future<Set<Integer>> sizes = CompletableFuture.supplyAsync(() -> read(file, isOver));
        for (int again = 0; again < 500; again++) {
            secrets.bring(spec, JobId.of(key, 1));
        }
        isOver.set(true);

        assertEquals(Set.of((int) whole), sizes.get());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    /** Every length that was seen. */
    private static Set<Integer> read(Path file, AtomicBoolean isOver) {
        Set<Integer> sizes = new TreeSet<>();
        do {
            try {
                sizes.add(Files.readAllBytes(file).length);
            } catch (IOException absent) {
                sizes.add(-1);
            }
        } while (!isOver.get());
        return sizes;
    }
}
