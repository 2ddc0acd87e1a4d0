// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.git.GitException;
import dev.sluice.reconcile.journal.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what ends a command early into a line for people and an exit code. */
public final class Errors implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult arguments) throws Exception {
        if (failure instanceof InputWrong) {
            return say(command, failure.getMessage(), ExitCode.INPUT_WRONG);
        }
        if (failure instanceof InterruptedException) {
            return say(command, "interrupted", ExitCode.INTERRUPTED);
        }
        if (isOfTheWorld(failure)) {
            return say(command, failure.getMessage(), ExitCode.WORLD_FAILED);
        }
        throw failure;
    }

    /** A wrong option or verb: what is wrong, and what the usage is. */
    public static int wrongUsage(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("sluice: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.usage(command.getErr());
        return ExitCode.USAGE;
    }

    private static boolean isOfTheWorld(Exception failure) {
        return failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof GitException
                || failure instanceof JournalException;
    }

    private static int say(CommandLine command, String text, int code) {
        command.getErr().println("sluice: " + text);
        return code;
    }
}
