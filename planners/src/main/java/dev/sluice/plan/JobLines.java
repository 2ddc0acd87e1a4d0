// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.change.FieldChange;
import java.util.ArrayList;
import java.util.List;

/** The plan of one job as lines, one fact a line. */
public final class JobLines {
    private static final int LONGEST = 160;

    private JobLines() {}

    /** A head line, and below it what differs, what happens, what waits and what is assumed. */
    public static List<String> of(JobPlan job) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format("%-3s %s: %s", job.symbol().sign(), job.key().display(), what(job)));
        lines.add("      state: " + job.state());
        details(job).forEach(line -> lines.add("      " + line));
        return List.copyOf(lines);
    }

    /** The lines below the head. */
    public static List<String> details(JobPlan job) {
        List<String> lines = new ArrayList<>();
        job.fields().forEach(field -> lines.addAll(field(field)));
        job.steps().forEach(step -> lines.add("step: " + step));
        job.holds().forEach(hold -> lines.add("waits: " + hold.reason() + ": " + hold.text()));
        job.assumptions().forEach(assumption -> lines.add("assumes: " + assumption));
        job.remarks().forEach(remark -> lines.add("note: " + remark));
        return List.copyOf(lines);
    }

    /** What happens, in words and with the class of change. */
    public static String what(JobPlan job) {
        return job.symbol().word() + " (" + job.change() + ")";
    }

    private static List<String> field(FieldChange field) {
        List<String> lines = new ArrayList<>();
        String where = field.where().map(place -> "  (" + place + ")").orElse("");
        if (field.field().equals("sql")
                && !field.before().isEmpty()
                && !field.after().isEmpty()) {
            lines.add("sql:" + where);
            SqlDiff.lines(field.before(), field.after()).forEach(line -> lines.add(line));
            return lines;
        }
        lines.add(field.field() + ": " + shown(field.before()) + " -> " + shown(field.after())
                + where);
        return lines;
    }

    /** One line, not too long; an absent value says so. */
    private static String shown(String value) {
        if (value.isEmpty()) {
            return "(none)";
        }
        String line = value.replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
