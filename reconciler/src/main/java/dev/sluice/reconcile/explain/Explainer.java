// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.explain;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.CompileRequest;
import dev.sluice.drive.isolation.FlinkWorkers;
import dev.sluice.drive.isolation.SqlProblem;
import dev.sluice.drive.isolation.WorkerFailure;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.rest.Submission;
import dev.sluice.drive.session.StageCheck;
import dev.sluice.drive.session.StageWords;
import dev.sluice.drive.session.Submissions;
import dev.sluice.reconcile.sql.SqlPlaces;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.SourceLocation;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.SpecError.Severity;
import dev.sluice.spec.read.ArtifactLimits;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.Coordinate;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Explains the valid jobs of a commit, one after the other. */
public final class Explainer implements AutoCloseable {
    private final Tree tree;
    private final FlinkHomes homes;
    private final ArtifactFiles artifacts;
    private final Submissions submissions;
    private final FlinkWorkers workers;
    private final Progress progress;
    private final SqlPlaces places;

    /**
     * @param tree the files of the commit
     * @param reading what they say
     */
    public Explainer(
            Tree tree,
            CommitReading reading,
            FlinkHomes homes,
            ArtifactFiles artifacts,
            WorkerSettings settings,
            Progress progress) {
        this.tree = requireNonNull(tree, "tree is null");
        this.homes = requireNonNull(homes, "homes is null");
        this.artifacts = requireNonNull(artifacts, "artifacts is null");
        this.submissions = new Submissions(artifacts, settings.runnerJar());
        this.workers = new FlinkWorkers(settings);
        this.progress = requireNonNull(progress, "progress is null");
        this.places = new SqlPlaces(tree, reading);
    }

    /** Brings Flink and the artifacts of the job where they are not here yet. */
    public JobExplanation explain(EffectiveJob job) throws InterruptedException {
        JobSpec spec = job.spec();
        FlinkRelease release = FlinkReleases.bundled()
                .find(spec.flink().version())
                .orElseThrow(() -> new IllegalStateException("a job was read whose Flink is not"
                        + " known: " + spec.flink().version()));
        Optional<String> refusal = Submissions.refusal(spec, release);
        if (refusal.isPresent()) {
            return JobExplanation.of(job, mistake(job, refusal.get()));
        }
        try {
            bring(spec);
            FlinkHome home = homes.assemble(release, progress);
            Submission submission = submissions.prepare(spec, release, new TreeMap<>());
            CompileRequest request = StageCheck.request(spec, submission);
            return JobExplanation.of(
                    job,
                    spec.program() instanceof Program.Sql
                            ? workers.explain(home, request)
                            : workers.compile(home, request));
        } catch (WorkerFailure e) {
            return e.isOfProgram()
                    ? JobExplanation.of(job, mistake(job, e))
                    : JobExplanation.unknown(job, StageWords.of(e));
        } catch (ArtifactFailure e) {
            return e.reason() == ArtifactFailure.Reason.UNUSABLE
                    ? JobExplanation.of(job, mistake(job, e.getMessage()))
                    : JobExplanation.unknown(job, e.getMessage());
        } catch (IOException e) {
            return JobExplanation.unknown(job, "cannot prepare the job: " + e);
        }
    }

    /** How programs are kept apart on this system. */
    public String sandbox() {
        return workers.sandbox();
    }

    @Override
    public void close() {
        workers.close();
    }

    /** Files of the repository that the job loads. */
    private void bring(JobSpec spec) throws ArtifactFailure {
        Stream<Artifact> program = spec.program() instanceof Program.Jar jar
                ? Stream.of(jar.artifact())
                : Stream.empty();
        for (Artifact file :
                Stream.concat(program, spec.dependencies().stream()).toList()) {
            boolean isInTree = Coordinate.of(file.coordinate()) instanceof Coordinate.InTree;
            if (isInTree && !artifacts.isHere(file)) {
                artifacts.keep(file, tree.read(file.coordinate(), ArtifactLimits.JAR_BYTES));
            }
        }
    }

    private SpecError mistake(EffectiveJob job, WorkerFailure failure) {
        Optional<SqlProblem> problem = SqlProblem.told(failure.getMessage());
        return job.spec().program() instanceof Program.Sql sql && problem.isPresent()
                ? places.finding(job, sql, problem.get())
                : mistake(job, StageWords.of(failure));
    }

    private static SpecError mistake(EffectiveJob job, String told) {
        return new SpecError(
                Severity.ERROR,
                "program",
                new SourceLocation(job.file(), 1, 1),
                Optional.of(job.key().display()),
                "",
                told.strip().replaceAll("\\s*\\R\\s*", " "),
                "correct the program or the job");
    }
}
