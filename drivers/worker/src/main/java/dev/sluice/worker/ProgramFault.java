// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.net.UnknownHostException;

/** A user's program is wrong; the message is for its author. */
final class ProgramFault extends Exception {
    private static final long serialVersionUID = 1L;

    ProgramFault(String message) {
        super(message);
    }

    /** The innermost cause in words: what wraps it knows less. */
    static ProgramFault of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof ClassNotFoundException) {
            return new ProgramFault("the class " + root.getMessage() + " cannot be found");
        }
        if (root instanceof UnknownHostException) {
            return new ProgramFault("the host " + root.getMessage() + " is not known");
        }
        boolean isTold = root.getMessage() != null && root instanceof Exception;
        return new ProgramFault(isTold ? root.getMessage() : root.toString());
    }
}
