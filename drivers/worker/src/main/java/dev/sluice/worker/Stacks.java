// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.util.Arrays;

/** Which line of a user's program a thread stands in, for messages. */
final class Stacks {
    private static final String[] NOT_OF_USERS = {
        "java.", "javax.", "jdk.", "sun.", "org.apache.flink.", "dev.sluice.worker."
    };

    private Stacks() {}

    /** The innermost line of the thread that is of the user's, else the innermost one. */
    static String top(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return Arrays.stream(frames)
                .filter(Stacks::isOfUser)
                .findFirst()
                .or(() -> Arrays.stream(frames).findFirst())
                .map(StackTraceElement::toString)
                .orElse("");
    }

    /** The line that called {@code System.exit}. */
    static String exiting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> Arrays.stream(entry.getValue()).anyMatch(Stacks::isExit))
                .map(entry -> top(entry.getKey()))
                .findFirst()
                .orElse("");
    }

    private static boolean isExit(StackTraceElement frame) {
        return frame.getClassName().equals("java.lang.Shutdown")
                || frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit");
    }

    private static boolean isOfUser(StackTraceElement frame) {
        return Arrays.stream(NOT_OF_USERS).noneMatch(frame.getClassName()::startsWith);
    }
}
