// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.SampleJar;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.Program;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.spec.testing.MemoryTree;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar of the job repository reaches the cache that drivers take artifacts from. */
class CommittedFilesTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/");

    @TempDir
    Path folder;

    @Test
    void aJarOfTheRepositoryIsFoundByTheDriverAfterwards() throws Exception {
        MemoryTree tree = tree(SampleJar.of("udf"));
        EffectiveJob job = job(tree);
        Artifact jar = job.spec().dependencies().get(0);
        CommittedFiles files = new CommittedFiles(unused -> tree, clusters());

        files.bring(job);
        new CommittedFiles(CommittedFilesTest::unreadable, clusters()).bring(job);

        assertEquals("jobs/shop/orders/udf.jar", jar.coordinate());
        assertEquals(SampleJar.of("udf").length, Files.size(artifacts().fetch(jar)));
    }

    @Test
    void whatIsNoJarIsRefused() {
        MemoryTree tree = tree("not a jar".getBytes());
        CommittedFiles files = new CommittedFiles(unused -> tree, clusters());

        ArtifactFailure failure = assertThrows(ArtifactFailure.class, () -> files.bring(job(tree)));

        assertEquals(ArtifactFailure.Reason.UNUSABLE, failure.reason());
    }

    @Test
    void aPlaceInTheEffectiveScriptIsToldAsThePlaceThatAPersonWrote() {
        MemoryTree tree = tree(SampleJar.of("udf"))
                .with(JobFiles.sql("orders"), "INSERT INTO a SELECT '${long}' FORM b;\n")
                .with("environments/test/variables.yaml", """
                        apiVersion: sluice/v1
                        kind: Variables
                        variables: {long: a-value-that-is-longer-than-its-name}
                        """)
                .with("jobs/shop/other/job.yaml", "not read");
        EffectiveJob job = job(tree);
        String effective = ((Program.Sql) job.spec().program()).text();
        CommittedFiles files = new CommittedFiles(unused -> tree, clusters());
        int column = effective.indexOf("FORM") + 1;

        String told = files.written(job, JobFiles.sql("orders") + ":1:" + column + ": Encountered");

        assertEquals(JobFiles.sql("orders") + ":1:32: Encountered", told);
        assertEquals("no place", files.written(job, "no place"));
    }

    private static MemoryTree unreadable(EffectiveJob job) {
        throw new AssertionError("what is in the cache is not read again: " + job.key());
    }

    private static MemoryTree tree(byte[] jar) {
        TreeMap<String, String> files = new TreeMap<>();
        JobFiles.root(files);
        JobFiles.job(files, "orders", "INSERT INTO a SELECT 1 FROM b;");
        MemoryTree tree = MemoryTree.EMPTY.with("jobs/shop/orders/udf.jar", jar);
        for (var file : files.entrySet()) {
            tree = tree.with(file.getKey(), file.getValue());
        }
        String yaml = JobFiles.yaml("orders");
        return tree.with(yaml, files.get(yaml) + "dependencies: [udf.jar]\n");
    }

    private static EffectiveJob job(MemoryTree tree) {
        CommitReading reading = new SpecReader().read(tree, "test", Optional.empty());
        return reading.jobs().get(JobFiles.key("orders"));
    }

    private LocalClusters clusters() {
        return new LocalClusters(
                folder.resolve("data"),
                WorkerSettings.of(folder.resolve("worker.jar"), folder.resolve("runner.jar")),
                folder.resolve("cache"),
                new MavenLocation(NOBODY, folder.resolve("m2")),
                Progress.SILENT);
    }

    private ArtifactFiles artifacts() {
        return new ArtifactFiles(
                folder.resolve("cache"),
                new MavenLocation(NOBODY, folder.resolve("m2")),
                Progress.SILENT);
    }
}
