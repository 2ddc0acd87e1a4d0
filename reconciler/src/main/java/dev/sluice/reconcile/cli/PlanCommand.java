// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.plan.Desired;
import dev.sluice.plan.JobPlan;
import dev.sluice.plan.JobRecord;
import dev.sluice.plan.Planner;
import dev.sluice.plan.Projection;
import dev.sluice.reconcile.loop.Board;
import dev.sluice.reconcile.service.Remembered;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.Observed;
import dev.sluice.spec.read.CommitReading;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice plan}: what a job repository would do to the jobs a controller remembers. */
@Command(
        name = "plan",
        description =
                "Show what would happen to each job and its state if this folder were merged.",
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Mixin
    private RepositoryOptions repository;

    @Option(names = "--detailed-exitcode", description = "Exit with 2 when there are changes.")
    private boolean detailedExitCode;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        CommitReading reading = repository.read();
        reading.findings().forEach(command.commandLine().getErr()::println);
        if (reading.environment().isEmpty()) {
            return ExitCode.INPUT_WRONG;
        }
        List<JobPlan> plans;
        try (Remembered memory = Remembered.open(config.read())) {
            plans = plans(reading, memory.board(), Clock.systemUTC().instant());
        }
        List<JobPlan> changes = plans.stream()
                .filter(plan -> plan.symbol() != JobPlan.Symbol.NONE)
                .toList();
        PrintWriter out = command.commandLine().getOut();
        changes.forEach(plan -> plan.lines().forEach(out::println));
        out.println("Plan: " + changes.size() + " of " + plans.size() + " jobs change, "
                + reading.invalid().size() + " held back by mistakes.");
        if (reading.hasErrors()) {
            return ExitCode.INPUT_WRONG;
        }
        return detailedExitCode && !changes.isEmpty() ? ExitCode.CHANGES : ExitCode.DONE;
    }

    private static List<JobPlan> plans(CommitReading reading, Board board, Instant now) {
        TreeSet<JobKey> keys = new TreeSet<>(reading.jobs().keySet());
        if (reading.absenceIsCertain()) {
            keys.addAll(board.jobs().keySet());
            keys.removeAll(reading.invalid().keySet());
        }
        List<JobPlan> plans = new ArrayList<>();
        for (JobKey key : keys) {
            JobRecord record = board.job(key)
                    .map(Board.JobNotice::record)
                    .orElseGet(() -> JobRecord.fresh(key));
            Observed observed = board.job(key)
                    .map(Board.JobNotice::observed)
                    .orElseGet(() -> new Observed.NotListed(now, List.of()));
            plans.add(new Projection(new Planner())
                    .project(desired(reading, key), record, observed, now));
        }
        return plans;
    }

    private static Desired desired(CommitReading reading, JobKey key) {
        return Optional.ofNullable(reading.jobs().get(key))
                .<Desired>map(job -> new Desired.Specified(reading.commit(), job))
                .orElseGet(() -> new Desired.Removed(reading.commit()));
    }
}
