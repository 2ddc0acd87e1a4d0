// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.spec.schema.DocumentKind;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice schema KIND}: the JSON Schema that editors use and that the reader itself checks. */
@Command(
        name = "schema",
        description = "Print the JSON Schema (draft-07) of a kind of file, for editors.",
        mixinStandardHelpOptions = true)
public final class SchemaCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "KIND",
            description = "repository, environment, variables, allowances, policy, team, job or"
                    + " lock.")
    private String kind;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        DocumentKind wanted = Arrays.stream(DocumentKind.values())
                .filter(known -> known.word().equalsIgnoreCase(kind))
                .findFirst()
                .orElseThrow(
                        () -> new InputWrong("no kind " + kind + "; the kinds are " + kinds()));
        command.commandLine().getOut().println(wanted.schema().strip());
        return ExitCode.DONE;
    }

    private static String kinds() {
        return Arrays.stream(DocumentKind.values())
                .map(DocumentKind::word)
                .collect(Collectors.joining(", "));
    }
}
