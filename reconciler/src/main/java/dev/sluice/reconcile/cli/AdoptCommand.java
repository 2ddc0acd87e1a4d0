// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.adopt.AdoptingSpec;
import dev.sluice.reconcile.adopt.Foundling;
import dev.sluice.reconcile.adopt.Foundlings;
import dev.sluice.reconcile.text.TextTable;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.Environment;
import dev.sluice.spec.JobId;
import dev.sluice.spec.read.CommitReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice adopt}: running jobs that no spec claims, and the file that would adopt one. */
@Command(
        name = "adopt",
        description = "List running jobs that no spec claims, or write a spec that adopts one.",
        mixinStandardHelpOptions = true)
public final class AdoptCommand implements Callable<Integer> {
    private static final Pattern NAME =
            Pattern.compile("([a-z][-a-z0-9]{0,19})/([a-z][-a-z0-9]{0,39})");

    private static final Pattern FLINK_ID = Pattern.compile("[0-9a-f]{32}");

    @Mixin
    private RepositoryOptions repository;

    @Mixin
    private OutputOption output;

    @Parameters(
            paramLabel = "JOB",
            arity = "0..1",
            description = "Flink job id, or the job's name if it is the only one of that name;"
                    + " without it all are listed.")
    private String job;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "Ask this cluster of the environment only (default: all).")
    private String cluster;

    @Option(
            names = "--as",
            paramLabel = "TEAM/NAME",
            description = "What the job is called from now on (default: its name in Flink, if it"
                    + " has this form).")
    private String name;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where job.yaml is written, below the repository"
                    + " (default: jobs/TEAM/NAME).")
    private String folder;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "sluice-data",
            description = "The controller's data directory, for secrets and local clusters"
                    + " (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        CommitReading reading = repository.read();
        Foundlings foundlings = new Foundlings(reading, data.toAbsolutePath().normalize());
        List<Foundling> found = found(reading, foundlings);
        if (job == null) {
            print(found);
            return ExitCode.DONE;
        }
        write(chosen(found, foundlings));
        return ExitCode.DONE;
    }

    private List<Foundling> found(CommitReading reading, Foundlings foundlings) throws IOException {
        Environment environment = reading.environment()
                .orElseThrow(() -> new InputWrong("environment " + repository.environment()
                        + " cannot be read; see sluice validate"));
        if (cluster != null && !environment.clusters().containsKey(cluster)) {
            throw new InputWrong("expected a cluster of environment " + environment.name()
                    + ", found " + cluster + "; known are "
                    + environment.clusters().keySet());
        }
        List<Foundling> found = new ArrayList<>();
        for (Cluster entry : environment.clusters().values()) {
            if (cluster != null && !entry.name().equals(cluster)) {
                continue;
            }
            if (Foundlings.isAsked(entry)) {
                found.addAll(foundlings.on(entry));
            } else {
                err().println("sluice: cluster " + entry.name() + " is of kind " + entry.kind()
                        + ", from which nothing can be adopted yet");
            }
        }
        return found;
    }

    private void print(List<Foundling> found) {
        if (output.isJson()) {
            out().println(JsonDocument.of(
                    "jobs", found.stream().map(AdoptCommand::row).toList()));
            return;
        }
        TextTable table = new TextTable("CLUSTER", "FLINK", "JOB ID", "STATUS", "SINCE", "NAME");
        found.forEach(each -> table.row(
                each.cluster(),
                each.flinkVersion(),
                each.job().id().hex(),
                each.job().status().name(),
                each.job().startedAt().toString(),
                each.job().name()));
        out().print(table);
        out().flush();
        err().println("sluice: " + found.size() + " running jobs that no spec claims");
    }

    private static Map<String, Object> row(Foundling found) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("cluster", found.cluster());
        row.put("flinkVersion", found.flinkVersion());
        row.put("jobId", found.job().id().hex());
        row.put("name", found.job().name());
        row.put("status", found.job().status().name());
        row.put("startedAt", found.job().startedAt().toString());
        row.put("parallelism", found.job().parallelism());
        return row;
    }

    private Foundling chosen(List<Foundling> found, Foundlings foundlings) {
        if (FLINK_ID.matcher(job).matches()) {
            foundlings.owner(new JobId(job)).ifPresent(owner -> {
                throw new InputWrong("expected a job that no spec claims, found " + job
                        + ", which is " + owner.display() + " already");
            });
        }
        List<Foundling> fitting = found.stream()
                .filter(each ->
                        each.job().id().hex().equals(job) || each.job().name().equals(job))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw fitting.isEmpty()
                ? new InputWrong("expected the id or name of a running job that no spec claims,"
                        + " found " + job + "; known are: " + list(found))
                : new InputWrong("expected the name of one running job, found " + job + ", which "
                        + fitting.size() + " have; say the id: " + list(fitting));
    }

    private static String list(List<Foundling> jobs) {
        return jobs.isEmpty()
                ? "none"
                : jobs.stream()
                        .map(each -> each.job().id() + " " + each.job().name())
                        .collect(Collectors.joining(", "));
    }

    private void write(Foundling found) throws IOException {
        Matcher named = NAME.matcher(name == null ? found.job().name() : name);
        if (!named.matches()) {
            throw new InputWrong("expected a name of the form team/name, found "
                    + (name == null ? found.job().name() : name) + "; say --as TEAM/NAME");
        }
        Path repositoryFolder = repository.folder();
        String below = folder == null ? "jobs/" + named.group() : folder;
        Path target = repositoryFolder.resolve(below).normalize().resolve("job.yaml");
        if (!target.startsWith(repositoryFolder)) {
            throw new InputWrong(
                    "expected a folder below " + repositoryFolder + ", found " + below);
        }
        if (Files.exists(target)) {
            throw new InputWrong(target + " is there already; name another --folder or --as");
        }
        Files.createDirectories(target.getParent());
        Files.writeString(
                target,
                new AdoptingSpec(found)
                        .text(repository.environment(), named.group(1), named.group(2)),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE_NEW);
        out().println(repositoryFolder.relativize(target));
        out().flush();
        err().println("sluice: fill in what is marked, see that sluice validate takes it, commit;"
                + " the job runs on meanwhile and afterwards");
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
