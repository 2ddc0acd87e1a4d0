// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.reconcile.lock.LockOutcome;
import dev.sluice.reconcile.lock.LockRun;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.text.DownloadLine;
import dev.sluice.spec.SpecError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice lock}: the digest of every artifact of every job, in the job's lock file. */
@Command(
        name = "lock",
        description = "Resolve the artifacts of jobs and write their digests into job.lock.",
        mixinStandardHelpOptions = true)
public final class LockCommand implements Callable<Integer> {
    @Option(
            names = {"-C", "--repo"},
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "The job repository, a checkout or a plain folder (default: this one).")
    private Path folder;

    @Parameters(
            paramLabel = "TEAM/NAME",
            arity = "0..*",
            description = "The jobs to lock (default: all).")
    private List<String> wanted = List.of();

    @Option(
            names = "--check",
            description = "Write nothing; exit code 1 when a lock file would change.")
    private boolean check;

    @Option(names = "--update", description = "Ask for what is locked too, and accept other bytes.")
    private boolean update;

    @Mixin
    private OutputOption output;

    @Spec
    private CommandSpec command;

    private final Function<Progress, ArtifactFiles> artifacts;

    /** For the command line. */
    public LockCommand() {
        this(Installation::artifacts);
    }

    LockCommand(Function<Progress, ArtifactFiles> artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputWrong("no folder " + folder + "; name the job repository with --repo");
        }
        Path root = folder.toAbsolutePath().normalize();
        PrintWriter err = command.commandLine().getErr();
        DownloadLine progress = new DownloadLine(err, System.console() != null);
        LockRun.Result result = new LockRun(DirectoryTree.of(root), artifacts.apply(progress))
                .run(job -> wanted.isEmpty() || wanted.contains(job), update);
        requireKnown(result);
        List<LockOutcome> changed = result.outcomes().stream()
                .filter(outcome -> outcome.isKnown() && !outcome.changes().isEmpty())
                .toList();
        if (!check) {
            for (LockOutcome outcome : changed) {
                write(root, outcome);
            }
        }
        print(result, changed);
        return exitCode(result, check && !changed.isEmpty());
    }

    private void requireKnown(LockRun.Result result) {
        Set<String> told = result.findings().stream()
                .flatMap(finding -> finding.job().stream())
                .collect(Collectors.toSet());
        for (String job : wanted) {
            boolean isSilent =
                    result.findings().stream().allMatch(found -> found.job().isPresent());
            if (!result.jobs().contains(job) && !told.contains(job) && isSilent) {
                throw new InputWrong("no job " + job + "; write team/name");
            }
        }
    }

    /** The file appears or changes at once; without any artifact it goes. */
    private static void write(Path root, LockOutcome outcome) throws IOException {
        Path file = root.resolve(outcome.after().path());
        if (outcome.after().rows().isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Path half = file.resolveSibling(".job.lock.half");
        try {
            Files.writeString(half, outcome.after().text());
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private void print(LockRun.Result result, List<LockOutcome> changed) {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        List<SpecError> findings = findings(result);
        if (output.isJson()) {
            out.println(LockJson.write(changed, findings));
        } else {
            for (LockOutcome outcome : changed) {
                out.println(outcome.after().path());
                outcome.changes().forEach(change -> out.println("  " + change.line()));
            }
            findings.forEach(err::println);
        }
        out.flush();
        int artifacts = result.outcomes().stream()
                .mapToInt(outcome -> outcome.after().rows().size())
                .sum();
        err.println(
                "sluice: " + artifacts + " artifacts of " + result.outcomes().size()
                        + " jobs locked, " + changed.size() + " lock files "
                        + (check ? "differ" : "written") + ", " + findings.size() + " errors"
                        + (check && !changed.isEmpty() ? "; run 'sluice lock'" : ""));
        err.flush();
    }

    private static List<SpecError> findings(LockRun.Result result) {
        return Stream.concat(
                        result.findings().stream(),
                        result.outcomes().stream().flatMap(outcome -> outcome.findings().stream()))
                .toList();
    }

    /** A repository out of reach outweighs a mistake: the mistake may be none. */
    private static int exitCode(LockRun.Result result, boolean differs) {
        Set<Reason> reasons = result.outcomes().stream()
                .flatMap(outcome -> outcome.reasons().stream())
                .collect(Collectors.toSet());
        if (reasons.contains(Reason.UNREACHABLE) || reasons.contains(Reason.DENIED)) {
            return ExitCode.WORLD_FAILED;
        }
        if (reasons.contains(Reason.TIMED_OUT)) {
            return ExitCode.TIMED_OUT;
        }
        return differs || !findings(result).isEmpty() ? ExitCode.INPUT_WRONG : ExitCode.DONE;
    }
}
