// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import dev.sluice.reconcile.Main;
import dev.sluice.reconcile.cli.Errors;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One run of the command line in this process.
 *
 * @param out what it printed as data
 * @param err what it said beside it
 */
public record Sluice(int code, String out, String err) {
    public static Sluice run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int code = new CommandLine(Main.class)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(new Errors())
                .setParameterExceptionHandler(Errors::wrongUsage)
                .execute(words);
        return new Sluice(code, out.toString(), err.toString());
    }
}
