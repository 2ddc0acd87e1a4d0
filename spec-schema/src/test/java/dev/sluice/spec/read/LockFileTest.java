// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.testing.MemoryTree;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is written is what is read, and what it says is part of the job. */
class LockFileTest {
    private static final String JAR = "com.acme:orders:1.4.2";
    private static final String NEED = "com.acme:shared:1";
    private static final String LOCK = "jobs/payments/orders/job.lock";
    private static final MemoryTree TREE =
            BaseRepository.tree().with("jobs/payments/orders/job.yaml", """
                    apiVersion: sluice/v1
                    kind: Job
                    name: orders
                    team: payments
                    flink: {version: "1.20", cluster: main}
                    jar: {artifact: "com.acme:orders:1.4.2"}
                    transitive: true
                    exclude: ["org.slf4j:*", "a:b"]
                    """);

    @Test
    void aWrittenLockIsReadBackWithEveryRow() {
        LockFile written = lock("one");

        LockFile read = SpecReader.artifacts(read(TREE.with(LOCK, written.text())))
                .get(0)
                .lock();

        assertEquals(written, read);
        assertEquals(written.text(), read.text());
    }

    @Test
    void whatTheJarNeedsIsADependencyOfTheJob() {
        CommitReading reading = read(TREE.with(LOCK, lock("one").text()));

        assertEquals(List.of(), reading.findings());
        assertEquals(
                List.of(new Artifact(NEED, Optional.of(Digest.of("need")))),
                job(reading).spec().dependencies());
    }

    @Test
    void otherBytesOfAJarAreAnotherJob() {
        CommitReading before = read(TREE.with(LOCK, lock("one").text()));

        CommitReading after = read(TREE.with(LOCK, lock("two").text()));

        assertNotEquals(job(before).digest(), job(after).digest());
    }

    @Test
    void theRepositoryThatAnsweredIsNoPartOfTheJob() {
        String text = lock("one").text();

        CommitReading moved = read(TREE.with(LOCK, text.replace("example.com", "example.org")));

        assertEquals(job(read(TREE.with(LOCK, text))).digest(), job(moved).digest());
    }

    @Test
    void aJobWithoutItsLockStillTellsWhatItNames() {
        CommitReading reading = read(TREE);

        JobArtifacts artifacts = SpecReader.artifacts(reading).get(0);

        assertTrue(reading.hasErrors());
        assertTrue(artifacts.transitive());
        assertEquals(List.of("a:b", "org.slf4j:*"), artifacts.exclude());
        assertEquals(JAR, artifacts.named().get(0).coordinate());
        assertEquals(
                "jobs/payments/orders/job.yaml:6:17",
                artifacts.named().get(0).at().toString());
        assertEquals(Optional.of("1.20"), artifacts.flinkVersion());
    }

    private static LockFile lock(String jar) {
        TreeMap<String, LockFile.Row> rows = new TreeMap<>();
        rows.put(
                JAR,
                new LockFile.Row(
                        Digest.of(jar),
                        Optional.of("https://maven.example.com/a"),
                        Optional.of(List.of(NEED)),
                        List.of("a:b", "org.slf4j:*")));
        rows.put(
                NEED,
                new LockFile.Row(Digest.of("need"), Optional.empty(), Optional.empty(), List.of()));
        return new LockFile(LOCK, true, rows);
    }

    private static CommitReading read(MemoryTree tree) {
        return new SpecReader().read(tree, "test", Optional.empty());
    }

    private static EffectiveJob job(CommitReading reading) {
        return reading.jobs().values().iterator().next();
    }
}
