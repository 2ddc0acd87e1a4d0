// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.explain;

import dev.sluice.drive.isolation.CompiledJob;
import dev.sluice.drive.isolation.CompiledJob.Operator;
import dev.sluice.reconcile.text.TextTable;
import java.util.List;
import java.util.stream.Collectors;

/** Explanations for the terminal and for pull requests. */
public final class ExplanationText {
    private static final int LONGEST_NOTE = 100;

    private ExplanationText() {}

    /** All of one job; every line ends with a line feed. */
    public static String of(JobExplanation job) {
        String title = title(job) + "\n";
        if (job.mistake().isPresent()) {
            return title + job.mistake().get() + "\n";
        }
        if (job.unknown().isPresent()) {
            return title + "not known: " + job.unknown().get() + "\n";
        }
        CompiledJob compiled = job.compiled().orElseThrow();
        return title
                + job.sql()
                        .map(sql ->
                                "\n-- effective SQL of " + sql.file() + "\n" + ended(sql.text()))
                        .orElse("")
                + compiled.explanation().map(text -> "\n" + ended(text)).orElse("")
                + "\n" + operators(compiled);
    }

    /**
     * Several, folded, for a comment.
     *
     * @param room most characters; what does not fit is left out whole and counted
     */
    public static String markdown(List<JobExplanation> jobs, int room) {
        StringBuilder text = new StringBuilder();
        int left = 0;
        for (JobExplanation job : jobs) {
            String next = markdown(job);
            if (text.length() + next.length() + LONGEST_NOTE > room) {
                left++;
            } else {
                text.append(next);
            }
        }
        String note = "\nexplanations of " + left
                + " jobs are left out here; `sluice plan --explain`" + " shows all\n";
        return text + (left == 0 || note.length() > room ? "" : note);
    }

    private static String markdown(JobExplanation job) {
        String text = of(job);
        String fence = "`".repeat(Math.max(3, longestFence(text) + 1));
        return "\n<details><summary>" + title(job) + "</summary>\n\n" + fence + "\n" + text + fence
                + "\n\n</details>\n";
    }

    private static String title(JobExplanation job) {
        return job.job().key().display() + " on Flink "
                + job.job().spec().flink().version();
    }

    /** The state of an operator without a uid is found by the id that its place in the graph gives. */
    private static String operators(CompiledJob compiled) {
        TextTable table = new TextTable("OPERATOR", "PARALLELISM", "STATE IS FOUND BY", "KEYED");
        for (Operator operator : compiled.operators()) {
            table.row(
                    operator.name().replaceAll("\\s+", " "),
                    operator.parallelism()
                            + (operator.maxParallelism() > 0
                                    ? " of at most " + operator.maxParallelism()
                                    : ""),
                    operator.uid()
                            .map(uid -> "uid " + uid)
                            .or(() -> operator.uidHash().map(hash -> "uid hash " + hash))
                            .orElse("its place, " + operator.id()),
                    operator.isKeyed() ? "keyed" : "");
        }
        return table.toString();
    }

    private static String ended(String text) {
        return text.lines().collect(Collectors.joining("\n", "", "\n"));
    }

    private static int longestFence(String text) {
        int longest = 0;
        int length = 0;
        for (int index = 0; index < text.length(); index++) {
            length = text.charAt(index) == '`' ? length + 1 : 0;
            longest = Math.max(longest, length);
        }
        return longest;
    }
}
