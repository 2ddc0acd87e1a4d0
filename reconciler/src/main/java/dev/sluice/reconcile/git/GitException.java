// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

/**
 * The local copy of the repository cannot be read. Nothing may be concluded about any job; the next
 * fetch looks whether the copy must be made anew.
 */
public final class GitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GitException(String message, Throwable cause) {
        super(requireNonNull(message, "message is null"), cause);
    }
}
