// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Phase;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.reconcile.journal.Presence;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.reconcile.service.Remembered;
import dev.sluice.reconcile.text.Ages;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.Environment;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice local stop}: ends the Flink processes that a controller has left running. */
@Command(
        name = "local",
        description = "End the local Flink clusters of a controller that has ended.",
        mixinStandardHelpOptions = true)
public final class LocalCommand implements Runnable {
    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "expected stop");
    }

    @Command(
            name = "stop",
            description = "End every local Flink process; jobs go on from their newest checkpoint"
                    + " at the next run.",
            mixinStandardHelpOptions = true)
    int stop(
            @Mixin ConfigOption config,
            @Option(
                            names = "--force",
                            description = "Also where a running job has left no checkpoint.")
                    boolean force)
            throws IOException {
        ControllerConfig wanted = config.read();
        if (Presence.isControllerRunning(wanted.dataDirectory())) {
            throw new IOException("a controller runs on " + wanted.dataDirectory()
                    + " and would start Flink again: end it first");
        }
        try (Remembered memory = Remembered.open(wanted)) {
            LocalClusters clusters =
                    Installation.own().clusters(wanted.dataDirectory(), Progress.SILENT);
            List<Cluster.Local> locals = locals(memory);
            List<String> stateless = new ArrayList<>();
            locals.forEach(local -> tell(memory, local, clusters.open(local), stateless));
            if (!stateless.isEmpty() && !force) {
                out().println("nothing was ended: " + String.join(", ", stateless)
                        + " would begin anew; wait for a checkpoint, or use --force");
                return ExitCode.REFUSED;
            }
            clusters.stopAll();
            out().println("ended: " + locals.size() + " local clusters");
            return ExitCode.DONE;
        }
    }

    private static List<Cluster.Local> locals(Remembered memory) {
        Environment environment = memory.inForce()
                .flatMap(reading -> reading.environment())
                .orElseThrow(() -> new JournalException(
                        JournalException.Problem.OTHER,
                        "no commit is in force, so no cluster is known"));
        return environment.clusters().values().stream()
                .filter(Cluster.Local.class::isInstance)
                .map(Cluster.Local.class::cast)
                .toList();
    }

    /** Says what each job that runs there will go on from. */
    private void tell(
            Remembered memory, Cluster.Local cluster, Driver driver, List<String> stateless) {
        for (StoredJob job : memory.journal().jobs()) {
            JobRecord record = job.record();
            Optional<EffectiveJob> deployed = record.deployed()
                    .filter(spec -> spec.spec().flink().cluster().equals(cluster.name()));
            if (deployed.isEmpty() || isAtRest(record)) {
                continue;
            }
            Optional<StatePointer> newest = driver
                    .discoverState(new DiscoverRequest(
                            record.key(),
                            record.attempt(),
                            deployed.get().spec().flink().version()))
                    .stream()
                    .findFirst()
                    .filter(pointer -> pointer.attempt() == record.attempt());
            out().println(record.key().display() + ": "
                    + newest.map(LocalCommand::words).orElse("has left no checkpoint yet"));
            if (newest.isEmpty()) {
                stateless.add(record.key().display());
            }
        }
    }

    private static boolean isAtRest(JobRecord record) {
        return record.phase() instanceof Phase.Suspended
                || record.phase() instanceof Phase.Stopped
                || record.phase() instanceof Phase.Finished
                || record.phase() instanceof Phase.Absent;
    }

    private static String words(StatePointer newest) {
        return "goes on from " + newest.path() + ", "
                + Ages.of(newest.completedAt(), Clock.systemUTC().instant()) + " old";
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
