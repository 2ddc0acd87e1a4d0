// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a person wants to read in the stack traces that Flink sends as text. */
final class Causes {
    private static final int LONGEST = 1000;
    private static final Pattern FRAME = Pattern.compile("^\\s*(at |\\.\\.\\. )");
    private static final Pattern CLASS_NAME =
            Pattern.compile("^(?:[a-z][\\w]*\\.)+([A-Z][\\w$]*)(: )?");

    /**
     * StopWithSavepointStoppingException (1.15 to 2.x): the savepoint is there, the stop failed after
     * it.
     */
    private static final Pattern CREATED_AT =
            Pattern.compile("A savepoint (?:has been|was) created at:? (\\S+?),? (?:but|however)");

    /**
     * Below it Flink tells only that a time is over ({@code PhysicalSlotRequestBulkCheckerImpl}, 1.15
     * to 2.3): the want of slots is the cause, which people and the planner want to read.
     */
    private static final String NO_SLOTS =
            "org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException";

    private Causes() {}

    /**
     * The innermost cause, or the want of slots that a time-out ended, without package names and
     * frames, cut to a readable length.
     */
    static String root(String trace) {
        StringBuilder cause = new StringBuilder();
        for (String line : trace.split("\n")) {
            String text = line.strip();
            if (text.startsWith("Caused by: ")) {
                if (cause.indexOf(NO_SLOTS) == 0) {
                    break;
                }
                cause.setLength(0);
                cause.append(text.substring("Caused by: ".length()));
            } else if (!FRAME.matcher(line).find() && !text.startsWith("Suppressed: ")) {
                cause.append(cause.isEmpty() ? "" : " ").append(text);
            }
        }
        return shorten(cause.toString().strip());
    }

    /** The innermost cause of the last trace of an error answer. */
    static String root(List<String> errors) {
        return errors.isEmpty() ? "no reason given" : root(errors.get(errors.size() - 1));
    }

    static Optional<String> savepointPath(String trace) {
        Matcher matcher = CREATED_AT.matcher(trace);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String shorten(String cause) {
        Matcher matcher = CLASS_NAME.matcher(cause);
        String plain = matcher.find()
                ? matcher.group(1)
                        + (matcher.group(2) == null ? "" : ": ")
                        + cause.substring(matcher.end())
                : cause;
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + " ...";
    }
}
