// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.config.ConfigReader;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.spec.SpecError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code --config FILE}, as every command takes it that looks at a controller. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "controller.yaml",
            description = "The controller's configuration (default: ${DEFAULT-VALUE}).")
    private Path file;

    /**
     * The configuration.
     *
     * @throws InputWrong with every mistake of the file
     */
    ControllerConfig read() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputWrong("no file " + file
                    + "; write one (see docs/controller.md) or name it with --config");
        }
        ConfigReader.Result result = ConfigReader.read(file);
        return result.config()
                .orElseThrow(() -> new InputWrong(result.findings().stream()
                        .map(SpecError::toString)
                        .collect(Collectors.joining("\n"))));
    }
}
