// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.planning.SavedPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice replay FILE}: makes a saved plan again and compares every byte. */
@Command(
        name = "replay",
        description = "Make a plan that was saved with plan --out again, from the inputs saved with"
                + " it, and say where it differs.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A file that sluice plan --out wrote.")
    private Path file;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        List<String> differences = SavedPlan.read(text())
                .orElseThrow(() -> new InputWrong(
                        file + " is no plan of this version; sluice plan --out FILE saves one"))
                .replay();
        PrintWriter out = command.commandLine().getOut();
        if (differences.isEmpty()) {
            out.println("the same plan again, byte for byte");
            return ExitCode.DONE;
        }
        differences.forEach(out::println);
        return ExitCode.WORLD_FAILED;
    }

    private String text() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputWrong("no file " + file);
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InputWrong(file + " is not text");
        }
    }
}
