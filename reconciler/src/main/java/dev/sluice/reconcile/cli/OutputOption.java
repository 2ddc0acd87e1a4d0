// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import picocli.CommandLine.Option;

/** {@code -o text|json}, for commands that print tables. */
final class OutputOption {
    /** How data is printed. */
    enum Format {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    boolean isJson() {
        return format == Format.json;
    }
}
