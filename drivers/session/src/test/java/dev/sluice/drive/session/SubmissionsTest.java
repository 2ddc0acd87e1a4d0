// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.FlinkTarget.Mode;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of a job's own gets all of its configuration, also of the oldest versions. */
class SubmissionsTest {
    private static final FlinkRelease OLD = FlinkReleases.bundled().find("1.15").orElseThrow();
    private static final SortedMap<String, String> STATE_KEYS =
            new TreeMap<>(Map.of("state.checkpoints.dir", "hdfs://names/flink/checkpoints"));

    @TempDir
    Path folder;

    @Test
    void aClusterOfItsOwnIsMadeWithTheJobsConfigurationAndThatOfItsState() throws Exception {
        for (Mode mode : List.of(Mode.APPLICATION, Mode.PER_JOB)) {
            Submission submission = prepare(job(mode));

            assertEquals(
                    "hdfs://names/flink/checkpoints",
                    submission.configuration().get("state.checkpoints.dir"));
            assertEquals("BATCH", submission.configuration().get("execution.runtime-mode"));
        }
    }

    @Test
    void theRunnerIsToldWhatASessionClusterDoesNotTake() throws Exception {
        Submission submission = prepare(job(Mode.SESSION));

        assertEquals(Map.of(), submission.configuration());
        assertTrue(submission.arguments().contains("--configuration"), submission::toString);
    }

    @Test
    void onlyASessionClusterRefusesAJarJobWithConfiguration() {
        assertEquals(Optional.empty(), Submissions.refusal(jar(job(Mode.APPLICATION)), OLD));
        assertEquals(Optional.empty(), Submissions.refusal(jar(job(Mode.PER_JOB)), OLD));
        assertTrue(Submissions.refusal(jar(job(Mode.SESSION)), OLD).isPresent());
    }

    private Submission prepare(JobSpec spec) throws Exception {
        Path runner = Files.writeString(folder.resolve("runner.jar"), "runner");
        MavenLocation nowhere = MavenLocation.of(Map.of(), Map.of(), folder);
        return new Submissions(new ArtifactFiles(folder, nowhere, Progress.SILENT), runner)
                .prepare(spec, OLD, STATE_KEYS);
    }

    private static JobSpec job(Mode mode) {
        return new SampleJob(
                        new JobKey("repo", "test", "shop", "orders"),
                        "1.15",
                        "INSERT INTO a SELECT 1",
                        1,
                        new SampleJob.Placement(
                                mode,
                                Process.UNSET,
                                Process.UNSET,
                                new TreeMap<>(Map.of("execution.runtime-mode", "BATCH")),
                                RuntimeOptions.NONE))
                .effective()
                .spec();
    }

    /** The same with a program that is a jar. */
    private static JobSpec jar(JobSpec sql) {
        return new JobSpec(
                sql.key(),
                sql.ownership(),
                sql.state(),
                sql.flink(),
                new Program.Jar(
                        new Artifact("a:b:1", Optional.empty()), Optional.empty(), List.of()),
                sql.dependencies(),
                sql.resources(),
                sql.configuration(),
                sql.upgrade(),
                sql.onFailure(),
                sql.schedule(),
                sql.dependsOn(),
                sql.health(),
                sql.links(),
                sql.runtime(),
                sql.lineage());
    }
}
