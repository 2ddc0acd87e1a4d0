// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan.document;

import static java.util.Map.entry;

import dev.sluice.plan.Hold;
import dev.sluice.plan.JobPlan;
import dev.sluice.plan.change.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plan for programs. Members keep their order and meaning within one {@code formatVersion}. */
public final class PlanJson {
    private static final int FORMAT_VERSION = 1;

    private PlanJson() {}

    /** One line with a line feed at its end. */
    public static String of(Plan plan) {
        List<Map.Entry<String, String>> members = new ArrayList<>();
        members.add(entry("formatVersion", String.valueOf(FORMAT_VERSION)));
        members.add(entry("id", Json.text(plan.id())));
        members.addAll(members(plan));
        return Json.object(members) + "\n";
    }

    /** All but the id, which is made from it. */
    static String body(Plan plan) {
        return Json.object(members(plan));
    }

    private static List<Map.Entry<String, String>> members(Plan plan) {
        List<Map.Entry<String, String>> members = new ArrayList<>();
        members.add(entry("environment", Json.text(plan.environment())));
        plan.base().ifPresent(base -> members.add(entry("base", Json.text(base.hash()))));
        members.add(entry("commit", Json.text(plan.commit().hash())));
        members.add(entry("hasChanges", String.valueOf(plan.hasChanges())));
        members.add(entry("totals", Json.text(plan.totals())));
        members.add(entry(
                "jobs", Json.array(plan.changed().stream().map(PlanJson::job).toList())));
        members.add(entry(
                "unchanged", String.valueOf(plan.jobs().size() - plan.changed().size())));
        members.add(entry(
                "shared",
                Json.array(plan.shared().stream().map(PlanJson::shared).toList())));
        members.add(
                entry("waves", Json.array(plan.waves().stream().map(Json::texts).toList())));
        members.add(entry("later", Json.texts(plan.later())));
        return members;
    }

    private static String job(JobPlan job) {
        return Json.object(List.of(
                entry("job", Json.text(job.key().display())),
                entry("action", Json.text(job.symbol().word())),
                entry("change", Json.text(job.change().name())),
                entry("state", Json.text(job.state())),
                entry(
                        "fields",
                        Json.array(job.fields().stream().map(PlanJson::field).toList())),
                entry("steps", Json.texts(job.steps())),
                entry(
                        "holds",
                        Json.array(job.holds().stream().map(PlanJson::hold).toList())),
                entry("assumptions", Json.texts(job.assumptions())),
                entry("remarks", Json.texts(job.remarks()))));
    }

    private static String field(FieldChange field) {
        List<Map.Entry<String, String>> members = new ArrayList<>();
        members.add(entry("field", Json.text(field.field())));
        members.add(entry("before", Json.text(field.before())));
        members.add(entry("after", Json.text(field.after())));
        members.add(entry("change", Json.text(field.change().name())));
        field.where().ifPresent(place -> members.add(entry("where", Json.text(place.toString()))));
        return Json.object(members);
    }

    private static String hold(Hold hold) {
        return Json.object(List.of(
                entry("reason", Json.text(hold.reason().name())),
                entry("text", Json.text(hold.text()))));
    }

    private static String shared(Plan.SharedChange change) {
        return Json.object(List.of(
                entry("variable", Json.text(change.variable())),
                entry("jobs", Json.texts(change.jobs()))));
    }
}
