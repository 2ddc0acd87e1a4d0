// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.journal.Presence;
import dev.sluice.reconcile.service.LocalEnding;
import dev.sluice.reconcile.text.Ages;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
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
        try (LocalEnding ending = LocalEnding.of(wanted)) {
            List<LocalEnding.Running> running = ending.running();
            running.forEach(job -> out().println(words(job)));
            List<String> stateless = running.stream()
                    .filter(job -> job.newest().isEmpty())
                    .map(job -> job.job().display())
                    .toList();
            if (!stateless.isEmpty() && !force) {
                out().println("nothing was ended: " + String.join(", ", stateless)
                        + " would begin anew; wait for a checkpoint, or use --force");
                return ExitCode.REFUSED;
            }
            out().println("ended: " + ending.end() + " local clusters");
            return ExitCode.DONE;
        }
    }

    /** What a job that runs there will go on from. */
    private static String words(LocalEnding.Running running) {
        return running.job().display() + ": "
                + running.newest().map(LocalCommand::words).orElse("has left no checkpoint yet");
    }

    private static String words(StatePointer newest) {
        return "goes on from " + newest.path() + ", "
                + Ages.of(newest.completedAt(), Clock.systemUTC().instant()) + " old";
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
