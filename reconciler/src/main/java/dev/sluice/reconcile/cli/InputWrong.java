// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

/** A person's mistake, told in full by the message; ends a command with {@link ExitCode#INPUT_WRONG}. */
final class InputWrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InputWrong(String message) {
        super(message);
    }
}
