// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.document;

import dev.sluice.plan.JobLines;
import dev.sluice.plan.JobPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plan as a comment on a pull request. A hidden first line lets the next run find the comment and
 * replace it.
 *
 * <p>Too long a plan is cut from the least to the most important: details of the last jobs first,
 * then rows, never the head and the totals.
 */
public final class PlanMarkdown {
    /** What GitHub accepts, with room for the host's own additions. */
    public static final int GITHUB_LIMIT = 65_000;

    private static final Pattern FENCE = Pattern.compile("`{3,}");

    private PlanMarkdown() {}

    /** The line that marks a comment of this environment. */
    public static String marker(String environment) {
        return "<!-- sluice plan: " + environment + " -->";
    }

    /**
     * The comment.
     *
     * @param limit most characters
     */
    public static String of(Plan plan, int limit) {
        List<JobPlan> jobs = plan.changed();
        List<String> rows = jobs.stream().map(PlanMarkdown::row).toList();
        List<String> details = jobs.stream().map(PlanMarkdown::details).toList();
        String head = head(plan);
        String foot = foot(plan);
        int room = limit - head.length() - foot.length() - longestNote(jobs.size());
        List<String> shownRows = fitting(rows, room);
        int left = room - shownRows.stream().mapToInt(String::length).sum();
        List<String> shownDetails =
                shownRows.size() < rows.size() ? List.of() : fitting(details, left);
        StringBuilder text = new StringBuilder(head);
        shownRows.forEach(text::append);
        text.append(note(rows.size() - shownRows.size(), "rows"));
        shownDetails.forEach(text::append);
        text.append(note(details.size() - shownDetails.size(), "details"));
        return text.append(foot).toString();
    }

    private static String head(Plan plan) {
        String title = marker(plan.environment()) + "\n### " + PlanText.title(plan) + "\n\n"
                + plan.totals() + "\n";
        return plan.hasChanges()
                ? title + "\n| | job | change | state |\n|---|---|---|---|\n"
                : title;
    }

    private static String foot(Plan plan) {
        StringBuilder foot = new StringBuilder();
        plan.shared()
                .forEach(change -> foot.append("\nVariable ")
                        .append(escaped(change.variable()))
                        .append(" is used by ")
                        .append(escaped(String.join(", ", change.jobs())))
                        .append(".\n"));
        if (!plan.order().isEmpty()) {
            foot.append("\n");
            plan.order().forEach(line -> foot.append("- ").append(escaped(line)).append("\n"));
        }
        return foot.toString();
    }

    private static String row(JobPlan job) {
        String waits = job.holds().isEmpty() ? "" : ", waits";
        return "| `" + job.symbol().sign() + "` | " + escaped(job.key().display()) + " | "
                + escaped(JobLines.what(job)) + waits + " | " + escaped(job.state()) + " |\n";
    }

    private static String details(JobPlan job) {
        String lines = String.join("\n", JobLines.details(job));
        String fence = fence(lines);
        return "\n<details><summary>" + escaped(job.key().display()) + "</summary>\n\n" + fence
                + "diff\n" + lines + "\n" + fence + "\n\n</details>\n";
    }

    /** A fence that no line of the text can close. */
    private static String fence(String text) {
        String fence = "```";
        Matcher matcher = FENCE.matcher(text);
        while (matcher.find()) {
            if (matcher.group().length() >= fence.length()) {
                fence = matcher.group() + "`";
            }
        }
        return fence;
    }

    private static List<String> fitting(List<String> parts, int room) {
        List<String> fitting = new ArrayList<>();
        int used = 0;
        for (String part : parts) {
            used += part.length();
            if (used > room) {
                return fitting;
            }
            fitting.add(part);
        }
        return fitting;
    }

    private static int longestNote(int jobs) {
        return note(jobs, "details").length() * 2;
    }

    private static String note(int missing, String what) {
        return missing == 0
                ? ""
                : "\n" + what + " of " + missing
                        + " jobs are left out here; `sluice plan` shows all\n";
    }

    /** Text that markdown and HTML leave alone. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("|", "\\|")
                .replace("`", "\\`")
                .replace("@", "@\u200b")
                .replaceAll("\\R", " ");
    }
}
