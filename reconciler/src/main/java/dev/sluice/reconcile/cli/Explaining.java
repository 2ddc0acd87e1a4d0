// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.reconcile.explain.Explainer;
import dev.sluice.reconcile.explain.JobExplanation;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.text.DownloadLine;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.Tree;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Explains jobs for the commands that show them; tells what is wrong on standard error. */
final class Explaining {
    private final Installation installation;
    private final PrintWriter err;
    private final boolean hasNetwork;

    /** @param hasNetwork whether catalogs can be asked */
    Explaining(PrintWriter err, boolean hasNetwork) {
        this.hasNetwork = hasNetwork;
        this.installation = Installation.own();
        this.err = err;
    }

    /** The valid jobs that are wanted, in the order of their names. */
    List<JobExplanation> of(Tree tree, CommitReading reading, Predicate<EffectiveJob> isWanted)
            throws IOException, InterruptedException {
        Progress progress = new DownloadLine(err, System.console() != null);
        WorkerSettings settings = installation.shielded(List.of());
        List<JobExplanation> explained = new ArrayList<>();
        try (Explainer explainer = new Explainer(
                tree,
                reading,
                installation.flinkHomes(),
                Installation.artifacts(progress),
                hasNetwork ? settings : settings.withoutNetwork(),
                progress)) {
            for (EffectiveJob job :
                    reading.jobs().values().stream().filter(isWanted).toList()) {
                explained.add(explainer.explain(job));
            }
            if (!explained.isEmpty()) {
                err.println("sluice: programs were run " + explainer.sandbox());
            }
        }
        explained.forEach(job -> tell(job.mistake().map(SpecError::toString), job.unknown()));
        return List.copyOf(explained);
    }

    /** What is wrong with jobs weighs less than that it could not be found out. */
    static int exitCode(List<JobExplanation> explained) {
        if (explained.stream().anyMatch(job -> job.unknown().isPresent())) {
            return ExitCode.WORLD_FAILED;
        }
        return explained.stream().anyMatch(job -> job.mistake().isPresent())
                ? ExitCode.INPUT_WRONG
                : ExitCode.DONE;
    }

    private void tell(Optional<String> mistake, Optional<String> unknown) {
        mistake.ifPresent(err::println);
        unknown.ifPresent(why -> err.println("sluice: " + why));
    }
}
