// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.plan.JobRecord;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.journal.StoredJob;
import dev.sluice.reconcile.service.Remembered;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice logs TEAM/NAME}: what the controller kept of the logs of attempts that failed. */
@Command(
        name = "logs",
        description = "Show the log of a job's newest attempt on YARN that failed with its master.",
        mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {
    private static final String ENDING = ".log";

    @Mixin
    private ConfigOption config;

    @Mixin
    private JobArgument job;

    @Option(
            names = "--attempt",
            paramLabel = "NUMBER",
            description = "That attempt instead of the newest one that has a log.")
    private Optional<Integer> attempt = Optional.empty();

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        ControllerConfig controller = config.read();
        try (Remembered memory = Remembered.open(controller)) {
            JobKey key = job.key(memory);
            Optional<JobRecord> record = memory.journal().job(key).map(StoredJob::record);
            int newest = record.map(JobRecord::attempt).orElse(0);
            TreeMap<Integer, Path> kept = kept(controller.dataDirectory(), key, newest);
            Integer chosen = attempt.orElse(kept.isEmpty() ? newest : kept.lastKey());
            Path file = kept.get(chosen);
            if (file == null) {
                throw new InputWrong("no log of attempt " + chosen + " is kept; kept are those of "
                        + kept.keySet());
            }
            out.println("== attempt " + chosen + ", " + file);
            out.print(Files.readString(file));
            out.flush();
            return ExitCode.DONE;
        }
    }

    private static TreeMap<Integer, Path> kept(Path data, JobKey key, int newest)
            throws IOException {
        TreeMap<String, Integer> attempts = new TreeMap<>();
        for (int number = 1; number <= newest; number++) {
            attempts.put(JobId.of(key, number).hex() + ENDING, number);
        }
        TreeMap<Integer, Path> kept = new TreeMap<>();
        for (Path file : files(data.resolve("clusters"))) {
            Integer number = attempts.get(file.getFileName().toString());
            if (number != null) {
                kept.put(number, file);
            }
        }
        return kept;
    }

    /** The logs of all clusters, as their drivers keep them. */
    private static List<Path> files(Path clusters) throws IOException {
        if (!Files.isDirectory(clusters)) {
            return List.of();
        }
        try (Stream<Path> found =
                Files.find(clusters, 3, (path, what) -> path.getParent().endsWith("master-logs"))) {
            return found.sorted().toList();
        }
    }
}
