// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.change;

import dev.sluice.spec.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares two specs of one job by the change table. */
public final class ChangeClasses {
    private ChangeClasses() {}

    /** The class of the dearest changed field; NOOP when nothing differs. */
    public static ChangeClass of(JobSpec old, JobSpec next) {
        if (old.equals(next)) {
            return ChangeClass.NOOP;
        }
        return fields(old, next).stream()
                .map(FieldChange::change)
                .max(ChangeClass::compareTo)
                .orElse(ChangeClass.NOOP);
    }

    /** The same, leaving out a word on the state to start from that was honoured before. */
    public static ChangeClass withoutRestore(JobSpec old, JobSpec next) {
        if (old.equals(next)) {
            return ChangeClass.NOOP;
        }
        return fields(old, next).stream()
                .map(FieldChange::change)
                .filter(change -> change != ChangeClass.EMPTY_START)
                .max(ChangeClass::compareTo)
                .orElse(ChangeClass.NOOP);
    }

    /** The fields that differ, in the order of the table and of names within a map. */
    public static List<FieldChange> fields(JobSpec old, JobSpec next) {
        List<FieldChange> changes = new ArrayList<>();
        for (Field field : ChangeTable.FIELDS) {
            add(changes, field, old, next);
        }
        return List.copyOf(changes);
    }

    /** The fields whose change would restart the job, as one text to compare or to hash. */
    public static String restartFields(JobSpec spec) {
        StringBuilder text = new StringBuilder();
        for (Field field : ChangeTable.FIELDS) {
            field.values().apply(spec).forEach((name, value) -> {
                if (isOfSpec(field) && costOf(field, name, value, value).needsStop()) {
                    text.append(name).append('=').append(value).append('\n');
                }
            });
        }
        return text.toString();
    }

    /** Whether the job runs, and from which state it once came, describes no running job. */
    private static boolean isOfSpec(Field field) {
        return !field.component().equals("state") && !field.component().equals("lineage");
    }

    private static void add(List<FieldChange> changes, Field field, JobSpec running, JobSpec next) {
        SortedMap<String, String> before = field.values().apply(running);
        SortedMap<String, String> after = field.values().apply(next);
        if (before.equals(after)) {
            return;
        }
        SortedSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String old = before.getOrDefault(name, "");
            String value = after.getOrDefault(name, "");
            if (!old.equals(value)) {
                changes.add(new FieldChange(
                        dotted(field, name),
                        field.shown().apply(running).getOrDefault(name, ""),
                        field.shown().apply(next).getOrDefault(name, ""),
                        costOf(field, name, old, value),
                        Optional.empty()));
            }
        }
    }

    /**
     * The values matter for three fields: running is a start, a word on the state to start from costs
     * nothing when it is taken back, and between parallelism 1 and more operators chain otherwise, so
     * that Flink derives other ids for them where the program gives none.
     */
    private static ChangeClass costOf(Field field, String name, String before, String after) {
        ChangeClass change = field.change().apply(name);
        if (change == ChangeClass.SUSPEND && after.equals("running")) {
            return ChangeClass.START;
        }
        if (change == ChangeClass.EMPTY_START && after.isEmpty()) {
            return ChangeClass.NOOP;
        }
        boolean isChained = change == ChangeClass.RESCALE
                && !before.equals(after)
                && (before.equals("1") || after.equals("1"));
        return isChained ? ChangeClass.UPGRADE : change;
    }

    private static String dotted(Field field, String name) {
        return field.component().equals("configuration") || field.component().equals("links")
                ? field.component() + "." + name
                : name;
    }
}
