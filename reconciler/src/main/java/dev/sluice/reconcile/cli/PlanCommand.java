// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.plan.document.Plan;
import dev.sluice.plan.document.PlanMarkdown;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.explain.JobExplanation;
import dev.sluice.reconcile.planning.CommitComparison;
import dev.sluice.reconcile.planning.Downtimes;
import dev.sluice.reconcile.planning.MemoryComparison;
import dev.sluice.reconcile.planning.PlanInputs;
import dev.sluice.reconcile.planning.Planning;
import dev.sluice.reconcile.planning.RunningComparison;
import dev.sluice.reconcile.planning.SavedPlan;
import dev.sluice.reconcile.service.Remembered;
import dev.sluice.spec.read.CommitReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code sluice plan}: what a commit would do, compared with another commit or with what a
 * controller remembers. Asks no cluster and runs nothing of the repository.
 */
@Command(
        name = "plan",
        description = "Show what would happen to each job and its state: between two commits with"
                + " --base, else compared with what a controller remembers.",
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {
    private static final int LEAST_MARKDOWN = 1_000;

    @Mixin
    private ConfigOption config;

    @Mixin
    private RepositoryOptions repository;

    @Option(
            names = "--base",
            paramLabel = "COMMIT",
            description = "Compare with this commit; needs no controller.")
    private Optional<String> base;

    @Option(
            names = "--controller",
            paramLabel = "URL",
            description =
                    "Compare with what the running controller knows whose status page is there.")
    private Optional<URI> controller;

    @Option(
            names = "--head",
            paramLabel = "COMMIT",
            description = "Plan this commit (default: the files of the folder).")
    private Optional<String> head;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private PlanFormat format;

    @Option(
            names = "--limit",
            paramLabel = "CHARACTERS",
            defaultValue = "" + PlanMarkdown.GITHUB_LIMIT,
            description = "Cut markdown to so many characters (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Save the plan with everything it was made from, for sluice replay.")
    private Optional<Path> saved;

    @Option(
            names = "--explain",
            description = "Let Flink say how it would run each changed job; runs the jobs' own code"
                    + " in a process of its own.")
    private boolean explain;

    @Option(names = "--detailed-exitcode", description = "Exit with 2 when there are changes.")
    private boolean detailedExitCode;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        requireSense();
        Optional<CommitReading> before =
                base.isPresent() ? Optional.of(repository.readAt(base.get())) : Optional.empty();
        CommitReading proposed =
                head.isPresent() ? repository.readAt(head.get()) : repository.read();
        proposed.findings().forEach(command.commandLine().getErr()::println);
        if (proposed.environment().isEmpty()) {
            return ExitCode.INPUT_WRONG;
        }
        Instant now = Clock.systemUTC().instant();
        PlanInputs inputs = before.isPresent()
                ? comparedWith(before.get(), proposed, now)
                : controller.isPresent()
                        ? comparedWithRunning(controller.get(), proposed, now)
                        : comparedWithMemory(proposed, now);
        Plan plan = new Planning().plan(inputs);
        if (saved.isPresent()) {
            Files.writeString(saved.get(), SavedPlan.write(inputs, plan));
        }
        PrintWriter out = command.commandLine().getOut();
        String printed = format.print(plan, limit);
        out.print(
                printed + (explain ? explanations(proposed, plan, limit - printed.length()) : ""));
        out.flush();
        if (proposed.hasErrors()) {
            return ExitCode.INPUT_WRONG;
        }
        return detailedExitCode && plan.hasChanges() ? ExitCode.CHANGES : ExitCode.DONE;
    }

    private String explanations(CommitReading proposed, Plan plan, int room)
            throws IOException, InterruptedException {
        RepositoryOptions.Use<List<JobExplanation>> explaining =
                tree -> new Explaining(command.commandLine().getErr(), false)
                        .of(
                                tree,
                                proposed,
                                job -> plan.changed().stream()
                                        .anyMatch(changed -> changed.key().equals(job.key())));
        return format.print(
                head.isPresent()
                        ? repository.at(head.get(), explaining)
                        : explaining.of(repository.tree()),
                room);
    }

    private void requireSense() {
        if (explain && format == PlanFormat.json) {
            throw wrong("--explain goes with text and markdown; sluice explain -o json prints the"
                    + " explanations of jobs");
        }
        long named = Stream.of("--base", "--config", "--controller")
                .filter(command.commandLine().getParseResult()::hasMatchedOption)
                .count();
        if (named > 1) {
            throw wrong("--base compares two commits, --config a commit with a controller's journal"
                    + " and --controller with a running controller; leave all but one out");
        }
        boolean isWeb = controller
                .map(URI::getScheme)
                .filter(scheme -> scheme.equals("http") || scheme.equals("https"))
                .isPresent();
        if (controller.isPresent() && (!isWeb || controller.get().getHost() == null)) {
            throw wrong("expected the address of a status page, such as http://127.0.0.1:8080,"
                    + " found " + controller.get());
        }
        if (limit < LEAST_MARKDOWN) {
            throw wrong("expected a limit of at least " + LEAST_MARKDOWN + ", found " + limit);
        }
    }

    private CommandLine.ParameterException wrong(String text) {
        return new CommandLine.ParameterException(command.commandLine(), text);
    }

    private PlanInputs comparedWithRunning(URI address, CommitReading proposed, Instant now)
            throws IOException, InterruptedException {
        return new RunningComparison(address, repository.environment())
                .with(proposed, repository::readIfThere, now);
    }

    private PlanInputs comparedWith(CommitReading before, CommitReading proposed, Instant now) {
        if (before.environment().isEmpty()) {
            command.commandLine()
                    .getErr()
                    .println("sluice: " + before.commit().brief() + " has no valid environment "
                            + repository.environment() + "; every job counts as new");
        }
        return CommitComparison.of(repository.environment(), before, proposed, now);
    }

    private PlanInputs comparedWithMemory(CommitReading proposed, Instant now) throws IOException {
        ControllerConfig controller = config.read();
        if (!controller.environment().equals(repository.environment())) {
            throw new InputWrong("the controller keeps environment " + controller.environment()
                    + ", not " + repository.environment());
        }
        try (Remembered memory = Remembered.open(controller)) {
            return MemoryComparison.of(
                    repository.environment(),
                    memory.board(),
                    memory.inForce(),
                    proposed,
                    job -> Downtimes.of(memory.journal(), job),
                    now);
        }
    }
}
