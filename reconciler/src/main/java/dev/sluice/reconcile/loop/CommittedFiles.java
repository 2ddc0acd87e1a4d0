// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.reconcile.git.GitException;
import dev.sluice.reconcile.sql.SqlPlaces;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.read.ArtifactLimits;
import dev.sluice.spec.read.Coordinate;
import dev.sluice.spec.read.Tree;
import java.util.function.Function;
import java.util.stream.Stream;

/** Takes the files that a job loads out of the commit that its specification is from. */
final class CommittedFiles implements Supply {
    private final Function<EffectiveJob, Tree> trees;
    private final DriverFactory factory;

    /** @param trees the commit of a job */
    CommittedFiles(Function<EffectiveJob, Tree> trees, DriverFactory factory) {
        this.trees = requireNonNull(trees, "trees is null");
        this.factory = requireNonNull(factory, "factory is null");
    }

    @Override
    public void bring(EffectiveJob job) throws ArtifactFailure {
        for (Artifact file :
                artifacts(job.spec()).filter(CommittedFiles::isInTree).toList()) {
            String path = file.coordinate();
            factory.supply(file, () -> trees.apply(job).read(path, ArtifactLimits.JAR_BYTES));
        }
    }

    @Override
    public String written(EffectiveJob job, String told) {
        try {
            return SqlPlaces.written(trees.apply(job), job, told);
        } catch (GitException unread) {
            return told;
        }
    }

    private static Stream<Artifact> artifacts(JobSpec spec) {
        Stream<Artifact> program = spec.program() instanceof Program.Jar jar
                ? Stream.of(jar.artifact())
                : Stream.empty();
        return Stream.concat(program, spec.dependencies().stream());
    }

    private static boolean isInTree(Artifact artifact) {
        return Coordinate.of(artifact.coordinate()) instanceof Coordinate.InTree;
    }
}
