// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The index of variables, as a shell asks for it. */
class VariablesCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theJobsOfOneVariableComeOneALine() {
        int code = run("--used-by", "output");

        assertEquals(0, code);
        assertEquals("shop/clicks\nshop/orders\n", out.toString());
    }

    @Test
    void aVariableThatNoJobUsesIsNotTakenForAnEmptyAnswer() {
        int code = run("--used-by", "outptu");

        assertEquals(1, code);
        assertEquals("", out.toString());
        assertEquals(
                "sluice: no job uses a variable 'outptu'; did you mean 'output'?\n",
                err.toString());
    }

    private int run(String... more) {
        CommandLine command = new CommandLine(new VariablesCommand())
                .setExecutionExceptionHandler(new Errors())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"-C", "../sample-repo", "-e", "test"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return command.execute(arguments);
    }
}
