// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.FileDigest;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.JobSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Chooses how the program of a job comes into its pods. */
final class Programs {
    private final ProgramFolder folder;
    private final Path runner;
    private final URI maven;

    /**
     * @param runner the program of SQL jobs
     * @param maven where pods look for Maven's coordinates, unless their job says
     */
    Programs(ProgramFolder folder, Path runner, URI maven) {
        this.folder = requireNonNull(folder, "folder is null");
        this.runner = requireNonNull(runner, "runner is null");
        this.maven = requireNonNull(maven, "maven is null");
    }

    /** Why the pods of a job cannot be given its program, however often it is tried. */
    Optional<String> refusal(JobSpec spec) {
        return Admission.isShared(spec) ? Optional.empty() : delivery(spec).refusal(spec);
    }

    PodProgram of(JobSpec spec, Submission submission) throws IOException {
        Delivery delivery = delivery(spec);
        return delivery.isByState()
                ? new SharedProgram(folder.bring(submission), submission.jarDigest())
                : LoadedProgram.of(delivery, spec, runner, FileDigest.of(runner));
    }

    private Delivery delivery(JobSpec spec) {
        return Delivery.of(spec.runtime().kubernetes(), maven);
    }
}
