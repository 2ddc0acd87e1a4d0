// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.drive.artifacts.JavaHomes;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.doctor.Check;
import dev.sluice.reconcile.doctor.Check.Verdict;
import dev.sluice.reconcile.doctor.ClusterChecks;
import dev.sluice.reconcile.doctor.Doctor;
import dev.sluice.reconcile.doctor.StandaloneChecks;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.StandaloneAccess;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice doctor}: what is missing, and what to do about it. */
@Command(
        name = "doctor",
        description = "Look at git, journal, clusters, Flink and Java, and say what is missing.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Mixin
    private OutputOption output;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        List<Check> checks = doctor(config.read()).examine();
        PrintWriter out = command.commandLine().getOut();
        if (output.isJson()) {
            out.println(JsonDocument.of(
                    "checks", checks.stream().map(DoctorCommand::row).toList()));
        } else {
            checks.forEach(check -> out.println(line(check)));
        }
        out.flush();
        return exitCode(checks);
    }

    private static Doctor doctor(ControllerConfig config) {
        JavaHomes java = Installation.javas().choosing(config.javaHomes());
        StandaloneChecks standalone =
                new StandaloneChecks(StandaloneAccess.of(config.dataDirectory()));
        return new Doctor(config, new ClusterChecks(Installation.homes(), java, standalone));
    }

    private static Map<String, Object> row(Check check) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("subject", check.subject());
        row.put("verdict", word(check.verdict()));
        row.put("text", check.text());
        row.put("next", check.next());
        return row;
    }

    private static String line(Check check) {
        String next = check.next().isEmpty() ? "" : "; " + check.next();
        return word(check.verdict()) + ": " + check.subject() + ": " + check.text() + next;
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case INPUT_WRONG -> "wrong";
            case OK, WARNING, FAILED -> verdict.name().toLowerCase(Locale.ROOT);
        };
    }

    /** What the world lacks weighs more: correcting a file alone would not help. */
    private static int exitCode(List<Check> checks) {
        if (checks.stream().anyMatch(check -> check.verdict() == Verdict.FAILED)) {
            return ExitCode.WORLD_FAILED;
        }
        return checks.stream().anyMatch(check -> check.verdict() == Verdict.INPUT_WRONG)
                ? ExitCode.INPUT_WRONG
                : ExitCode.DONE;
    }
}
